use jiff::civil::date as day;

use super::*;
use crate::source::{BlockKind, Draft};

fn blocks(story: &Story) -> Vec<(BlockKind, String)> {
    let mut story = story.clone();
    let draft: Draft = story.read();
    draft.blocks.iter().map(|b| (b.kind, draft.words_at(b.span).to_owned())).collect()
}

fn body(kind: BlockKind, text: &str) -> (BlockKind, String) {
    (kind, text.to_owned())
}

#[test]
fn nitf() {
    let text = r#"<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-2.dtd">
<nitf><head><docdata management-status="usable"><date.issue norm="20260301T101500Z"/><du-key key="pier-sale" version="2"/>
<doc.copyright holder="Halden Wire"/></docdata></head>
<body><body.head><hedline><hl1>Council keeps pier</hl1></hedline><byline>By <person>Jane Poe</person></byline></body.head>
<body.content><p>The council of <location>Halden</location> kept the pier&#8217;s gate &amp; lights.</p><hl2>The vote</hl2>
<bq><p>No sale.</p></bq><media><media-caption>The pier</media-caption><media-metadata>x</media-metadata></media></body.content></body></nitf>"#;
    let stories = read("wire/1.xml", text.to_owned()).unwrap();
    let story = &stories[0];
    assert_eq!((story.date, story.outlet.as_deref()), (Some(day(2026, 3, 1)), Some("Halden Wire")));
    assert_eq!((story.slug.as_deref(), story.version.as_deref()), (Some("pier-sale"), Some("2")));
    assert_eq!(
        blocks(story),
        [
            body(BlockKind::Headline, "Council keeps pier"),
            body(BlockKind::Byline, "By Jane Poe"),
            body(BlockKind::Body, "The council of Halden kept the pier’s gate & lights."),
            body(BlockKind::Heading, "The vote"),
            body(BlockKind::Quotation, "No sale."),
            body(BlockKind::Caption, "The pier"),
        ]
    );
    let killed = text.replace("\"usable\"", "\"canceled\"");
    assert!(read("wire/1.xml", killed).unwrap().is_empty());
}

#[test]
fn newsml_g2() {
    let item = |guid: &str, status: &str, inside: &str| {
        format!(
            r#"<newsItem guid="{guid}" version="3"><itemMeta><provider literal="HW"/><versionCreated>2026-03-02T09:00:00Z</versionCreated>
            <firstCreated>2026-03-01T09:00:00Z</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta>
            <contentMeta><headline>Storm closes harbor</headline><by>Jane Poe</by></contentMeta><contentSet>{inside}</contentSet></newsItem>"#
        )
    };
    let xhtml = r#"<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Boats <b>are</b> in.</p></body></html></inlineXML>"#;
    let plain = "<inlineData>Boats are in.\nNobody was hurt.</inlineData>";
    let text = format!(
        "<newsMessage><itemSet>{}{}{}</itemSet></newsMessage>",
        item("urn:1", "usable", xhtml),
        item("urn:2", "canceled", plain),
        item("urn:3", "usable", plain)
    );
    let stories = read("wire/m.xml", text).unwrap();
    assert_eq!(stories.iter().map(Story::name).collect::<Vec<_>>(), ["wire/m.xml#urn:1", "wire/m.xml#urn:3"]);
    assert_eq!((stories[0].date, stories[0].version.as_deref()), (Some(day(2026, 3, 1)), Some("000003")));
    assert_eq!(blocks(&stories[0]).last().unwrap(), &body(BlockKind::Body, "Boats are in."));
    assert_eq!(blocks(&stories[1]).last().unwrap(), &body(BlockKind::Body, "Nobody was hurt."));
    assert_eq!(blocks(&stories[0])[0], body(BlockKind::Headline, "Storm closes harbor"));
}

#[test]
fn ninjs_two_and_three() {
    let two = r#"{"uri": "urn:9", "headline": "Pier stays", "body_text": "One < two.\n\nThree.", "firstcreated": "2026-03-01T00:00:00Z",
        "versioncreated": "2026-03-02T00:00:00Z", "pubstatus": "usable", "slugline": "pier"}"#;
    let stories = read("a.json", two.to_owned()).unwrap();
    assert_eq!(stories[0].item, None);
    assert_eq!((stories[0].slug.as_deref(), stories[0].date), (Some("pier"), Some(day(2026, 3, 1))));
    assert_eq!(
        blocks(&stories[0]),
        [body(BlockKind::Headline, "Pier stays"), body(BlockKind::Body, "One < two."), body(BlockKind::Body, "Three.")]
    );
    let three = r#"[{"uri": "urn:9", "headlines": [{"role": "short", "value": "No"}, {"role": "main", "value": "Pier stays"}],
        "bodies": [{"role": "plain", "value": "Plain."}, {"role": "html", "value": "<p>Marked.</p>"}]},
        {"uri": "urn:10", "bodies": [{"value": "Second."}], "pubStatus": "withheld"}]"#;
    let stories = read("a.ninjs", three.to_owned()).unwrap();
    assert_eq!(stories.iter().map(|s| s.item.as_deref()).collect::<Vec<_>>(), [Some("urn:9")]);
    assert_eq!(blocks(&stories[0]), [body(BlockKind::Headline, "Pier stays"), body(BlockKind::Body, "Marked.")]);
}

#[test]
fn feeds() {
    let rss = r#"<rss version="2.0"><channel><title>Halden Post</title><item><title>Pier &lt;i&gt;stays&lt;/i&gt;</title>
        <link>https://post.example/pier?x=1</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate>
        <description>&lt;p&gt;Fish &amp;amp; chips.&lt;/p&gt;</description></item><item><title>Bare</title></item></channel></rss>"#;
    let stories = read("post.rss", rss.to_owned()).unwrap();
    assert_eq!(stories.len(), 2);
    assert_eq!((stories[0].outlet.as_deref(), stories[0].date), (Some("Halden Post"), Some(day(2026, 3, 1))));
    assert_eq!(stories[0].thread().as_deref(), Some("post.example/pier"));
    assert_eq!(blocks(&stories[0]), [body(BlockKind::Headline, "Pier stays"), body(BlockKind::Body, "Fish & chips.")]);
    assert_eq!(stories[1].item.as_deref(), Some("2"));
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Halden Post</title><entry><title>Pier</title><id>tag:1</id>
        <link href="https://post.example/pier"/><published>2026-03-01T10:00:00Z</published><updated>2026-03-02T10:00:00Z</updated>
        <content type="xhtml"><div><p>It stays.</p></div></content></entry></feed>"#;
    let stories = read("post.xml", atom.to_owned()).unwrap();
    assert_eq!(
        (stories[0].item.as_deref(), stories[0].version.as_deref()),
        (Some("tag:1"), Some("2026-03-02T10:00:00Z"))
    );
    assert_eq!(blocks(&stories[0])[1], body(BlockKind::Body, "It stays."));
}

#[test]
fn json_lines() {
    let text = "{\"doc_id\": \"a\", \"title\": \"Pier\", \"text\": \"It stays.\", \"date\": \"01-MAR-2026 17:11:01\", \"kind\": \"wire\"}\n\n{\"text\": \"Second.\"}\n{\"no\": 1}\n";
    let stories = read("dump.jsonl", text.to_owned()).unwrap();
    assert_eq!(stories.iter().map(Story::name).collect::<Vec<_>>(), ["dump.jsonl#a", "dump.jsonl#3"]);
    assert_eq!((stories[0].date, stories[0].kind.unwrap().name()), (Some(day(2026, 3, 1)), "wire"));
    assert_eq!(read("dump.jsonl", "{}\nno json\n".to_owned()).unwrap_err().split(':').next(), Some("line 2"));
}

#[test]
fn front_matter_names_outlet_kind_and_versions() {
    let text =
        "---\noutlet: Halden Post\nkind: transcript\nslug: pier-sale\nupdated: 2026-03-04\n---\n\nMAYOR: No sale.\n";
    let mut story = read("2026-03-01-pier.md", text.to_owned()).unwrap().remove(0);
    story.read();
    assert_eq!(
        (story.outlet.as_deref(), story.kind),
        (Some("Halden Post"), Some(crate::corpus::story::Kind::Transcript))
    );
    assert_eq!((story.date, story.thread().as_deref()), (Some(day(2026, 3, 1)), Some("Halden Post|pier-sale")));
}

#[test]
fn broken_files_are_refused_with_a_reason() {
    for (path, text, reason) in [
        ("a.xml", "<html><p>x</p></html>", "<html> is none of"),
        ("a.xml", "no xml", "no element"),
        ("a.xml", "<a <", "not XML"),
        ("a.json", "{", "not JSON"),
        ("a.json", "3", "neither a story"),
    ] {
        let error = read(path, text.to_owned()).unwrap_err();
        assert!(error.contains(reason), "{path}: {error}");
    }
    let deep = "<nitf>".to_owned() + &"<p>".repeat(100_000);
    assert!(read("a.xml", deep).is_err());
}

#[test]
fn dates_as_the_formats_write_them() {
    let want = Some(day(2026, 3, 1));
    for text in [
        "2026-03-01",
        "2026-03-01T10:00:00+02:00",
        "20260301T1000Z",
        "Sun, 01 Mar 2026 10:00 GMT",
        "1-MAR-2026 17:11",
        "March 1, 2026",
    ] {
        assert_eq!(date(text), want, "{text}");
    }
    for text in ["", "soon", "2026-13-01", "99 Mar 2026", "é€日本語 Mar"] {
        assert_eq!(date(text), None, "{text}");
    }
}
