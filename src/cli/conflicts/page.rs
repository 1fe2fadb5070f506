//! Disagreements as a page for a browser: of its own, without scripts and without the network.

use super::topics::Topic;
use crate::diagnostic::Severity;
use crate::report::side_by_side::escape;

const STYLE: &str = "body{font:16px/1.5 Georgia,serif;margin:1.5rem auto;max-width:60rem;padding:0 1rem;color:#222;background:#fff}\
h1,h2,.who,.place,nav{font-family:system-ui,sans-serif}h1{font-size:1.15rem}h2{font-size:1rem;margin:0 0 .4rem}\
nav{font-size:.9rem;margin-bottom:1.5rem}nav a{margin-right:1rem;white-space:nowrap}\
article{border-top:1px solid #ccc;padding:1rem 0}.forms{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}\
.form{border-left:.25rem solid #c9c9c9;padding-left:.75rem}.form.first{border-color:#3a7d44}.form.desk{border-color:#2b5fa8}\
.words{font-weight:600}.who,.place{font-size:.8rem;color:#666}ul{margin:.4rem 0 0;padding:0;list-style:none}li{margin-bottom:.4rem}\
mark{background:#ffe08a;color:inherit;padding:0 .1em}.place{display:block;overflow-wrap:anywhere}small{font-weight:400;color:#666}a{color:inherit}\
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}article{border-color:#444}.who,.place,small{color:#aaa}\
mark{background:#6b5200;color:#fff}.form{border-color:#555}.form.first{border-color:#5fa86a}.form.desk{border-color:#7aa7e0}}";

/// The page: each disagreement with its forms side by side, the settled or the commonest one first.
pub(super) fn page(topics: &[Topic], stories: usize) -> String {
    let count = match topics.len() {
        0 => "No two stories disagree".to_owned(),
        1 => "1 disagreement".to_owned(),
        n => format!("{n} disagreements"),
    };
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
        <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">",
    );
    out.push_str(&format!("<title>{count}</title><style>{STYLE}</style></head><body>\n"));
    let read = if stories == 1 { "1 file".to_owned() } else { format!("{stories} files") };
    out.push_str(&format!("<h1>{count} in {read}</h1>\n"));
    if topics.len() > 3 {
        out.push_str("<nav>");
        for (at, topic) in topics.iter().enumerate() {
            let words = topic.forms.first().map_or("", |form| &form.words);
            out.push_str(&format!("<a href=\"#t{at}\">{}: {}</a> ", topic.kind(), escape(words)));
        }
        out.push_str("</nav>\n");
    }
    for (at, topic) in topics.iter().enumerate() {
        let hint = if topic.severity == Severity::Info { ", a hint" } else { "" };
        let codes = topic.codes.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        out.push_str(&format!(
            "<article id=\"t{at}\"><h2>{} <small>{}{hint}</small></h2>\n<div class=\"forms\">\n",
            topic.kind(),
            escape(&codes)
        ));
        for (nth, form) in topic.forms.iter().enumerate() {
            let class = match (form.curated, nth) {
                (true, _) => " desk",
                (false, 0) if topic.forms.get(1).is_none_or(|next| next.stories() < form.stories()) => " first",
                _ => "",
            };
            let (words, who) = (escape(&form.words), form.who());
            out.push_str(&format!(
                "<section class=\"form{class}\"><span class=\"words\">{words}</span> <span class=\"who\">{who}</span>\n<ul>\n"
            ));
            for said in &form.places {
                let place = format!("{}:{}:{}", said.path, said.place.line, said.place.column);
                let excerpt = escape(&said.excerpt);
                let marked = excerpt.replacen(&words, &format!("<mark>{words}</mark>"), 1);
                out.push_str(&format!("<li>{marked}<span class=\"place\">{}</span></li>\n", escape(&place)));
            }
            out.push_str("</ul></section>\n");
        }
        out.push_str("</div></article>\n");
    }
    out.push_str("</body></html>\n");
    out
}
