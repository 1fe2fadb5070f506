//! Page furniture: what a web page wraps around a story and a paste brings along. Closed lists and shapes, always a whole line or a
//! whole sentence; prose that mentions comments or newsletters is no furniture.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Lines that are furniture in themselves, in lower case, without marks at their edges. One word here is furniture as a line of its own only.
const LINES: &[&str] = &[
    "about the author",
    "about us",
    "accept all cookies",
    "accept cookies",
    "ad",
    "add a comment",
    "advert",
    "advertisement",
    "advertisements",
    "all rights reserved",
    "already a subscriber",
    "article continues after advertisement",
    "article continues below",
    "article continues below advertisement",
    "back to top",
    "be the first to comment",
    "comments",
    "comments are closed",
    "contact us",
    "continue reading",
    "continue reading below",
    "continue reading the main story",
    "cookie policy",
    "cookie settings",
    "copied to clipboard",
    "copy link",
    "create a free account",
    "create an account",
    "download the app",
    "editor's picks",
    "editors' picks",
    "email address",
    "email this",
    "email this article",
    "email this page",
    "enable notifications",
    "enlarge image",
    "enter your email",
    "enter your email address",
    "follow us",
    "get our app",
    "get the app",
    "go to top",
    "in this story",
    "join our mailing list",
    "join the conversation",
    "join the discussion",
    "jump to comments",
    "jump to content",
    "keep reading",
    "latest headlines",
    "latest news",
    "latest stories",
    "leave a comment",
    "leave a reply",
    "leave your comment",
    "link copied",
    "listen now",
    "listen to article",
    "listen to this article",
    "listen to this story",
    "load comments",
    "load more",
    "load more comments",
    "loading comments",
    "log in",
    "log in to comment",
    "login",
    "manage your subscription",
    "more articles",
    "more from this author",
    "more from this section",
    "more headlines",
    "more news",
    "more on this",
    "more on this story",
    "more on this topic",
    "more stories",
    "more stories like this",
    "more to read",
    "most popular",
    "most read",
    "most shared",
    "most viewed",
    "must read",
    "must reads",
    "newsletter",
    "newsletter sign-up",
    "newsletter signup",
    "next article",
    "next post",
    "next story",
    "no comments",
    "no comments yet",
    "open in app",
    "our picks",
    "play video",
    "popular stories",
    "post a comment",
    "post comment",
    "previous article",
    "previous post",
    "previous story",
    "print article",
    "print this",
    "print this article",
    "print this page",
    "print this story",
    "privacy policy",
    "promoted content",
    "promoted stories",
    "read also",
    "read full article",
    "read full story",
    "read it here",
    "read more",
    "read more about this",
    "read more here",
    "read next",
    "read the comments",
    "read the full article",
    "read the full story",
    "read the full story here",
    "recommended",
    "recommended articles",
    "recommended for you",
    "recommended reading",
    "recommended stories",
    "recommended videos",
    "related",
    "related articles",
    "related content",
    "related coverage",
    "related links",
    "related news",
    "related posts",
    "related reading",
    "related stories",
    "related topics",
    "related video",
    "related videos",
    "report an error",
    "report this ad",
    "report this comment",
    "save article",
    "save for later",
    "save this article",
    "save this story",
    "scroll down to continue reading",
    "scroll to continue",
    "see all comments",
    "see more",
    "see more stories",
    "send us a tip",
    "share",
    "share article",
    "share on social media",
    "share story",
    "share the article",
    "share this",
    "share this article",
    "share this page",
    "share this post",
    "share this story",
    "share this with your friends",
    "share via email",
    "show comments",
    "show less",
    "show more",
    "sign in",
    "sign in to comment",
    "sign up",
    "sign up now",
    "sign up today",
    "skip ad",
    "skip advertisement",
    "skip navigation",
    "skip past newsletter promotion",
    "skip this ad",
    "skip to content",
    "skip to main content",
    "skip to navigation",
    "sponsored",
    "sponsored by",
    "sponsored content",
    "sponsored links",
    "sponsored stories",
    "start your free trial",
    "story continues",
    "story continues after advertisement",
    "story continues below",
    "story continues below advertisement",
    "submit a comment",
    "subscribe",
    "subscribe now",
    "subscribe to continue reading",
    "subscribe to our channel",
    "subscribe today",
    "suggested reading",
    "support our journalism",
    "swipe to continue",
    "tap to unmute",
    "terms and conditions",
    "terms of service",
    "terms of use",
    "this post may contain affiliate links",
    "top stories",
    "trending",
    "trending now",
    "trending stories",
    "tweet this",
    "unmute",
    "view all comments",
    "view comments",
    "view gallery",
    "view image in fullscreen",
    "view more",
    "view original article",
    "view photos",
    "view slideshow",
    "watch live",
    "watch now",
    "watch the video",
    "watch the video below",
    "watch video",
    "we value your privacy",
    "what to read next",
    "write a comment",
    "you may also enjoy",
    "you may also like",
    "you may be interested in",
    "you might also be interested in",
    "you might also enjoy",
    "you might also like",
    "your email address will not be published",
];

/// Beginnings that make furniture of a line together with one of the words in the second list: where one is sent to.
const ASKS: &[&str] = &[
    "click here",
    "click to",
    "tap here",
    "follow us",
    "follow him on",
    "follow her on",
    "follow them on",
    "find us on",
    "like us on",
    "join us on",
    "connect with us",
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe for",
    "subscribe now",
    "subscribe today",
    "download our",
    "download the",
    "get our",
    "get the latest",
    "get unlimited",
    "get breaking",
    "join our",
    "share on",
    "share to",
    "share via",
    "share this",
    "tweet this",
    "log in to",
    "sign in to",
    "register to",
    "register for",
    "want more",
    "read more at",
    "read more on",
    "for more",
    "never miss",
    "enjoying this",
    "stay up to date",
    "stay informed",
    "turn on",
    "send tips",
    "listen on",
    "watch on",
];

const PLACES_ONE_IS_SENT: &[&str] = &[
    "access",
    "account",
    "alerts",
    "app",
    "bluesky",
    "channel",
    "comment",
    "facebook",
    "feed",
    "inbox",
    "instagram",
    "linkedin",
    "newsletter",
    "newsletters",
    "notifications",
    "pinterest",
    "podcast",
    "podcasts",
    "reddit",
    "spotify",
    "subscribe",
    "telegram",
    "threads",
    "tiktok",
    "tweet",
    "twitter",
    "updates",
    "whatsapp",
    "x",
    "youtube",
];

/// Labels that lead to another page when a colon and a title follow: a line of its own.
const LABELS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "see also",
    "related",
    "related story",
    "more on this",
    "don't miss",
    "recommended",
    "read next",
    "up next",
];

/// Verbs of buttons: with a name or two words and nothing else, a line such as “Join Premium” asks the reader to press something.
const BUTTONS: &[&str] = &[
    "ask",
    "follow",
    "join",
    "try",
    "get",
    "listen",
    "subscribe",
    "share",
    "open",
    "download",
    "explore",
    "browse",
    "search",
    "discover",
    "shop",
    "play",
    "watch",
    "read",
    "support",
    "donate",
    "print",
    "save",
    "view",
    "see",
    "chat",
    "skip",
    "start",
    "unlock",
];

/// Why a line counts as furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// One of the known lines.
    Known,
    /// A request, a counter, a notice: by its build.
    Shape,
}

/// Whether the whole of `line` is furniture. Also used on whole sentences, with `alone` false: there single words and labels with a
/// title do not count.
pub fn recognize(line: &str, alone: bool) -> Option<Furniture> {
    let line = line.trim();
    // Longer than any furniture; keeps the work on paragraphs to nothing.
    if line.is_empty() || line.len() > 160 || !may_be(line) {
        return None;
    }
    let lower = line.to_lowercase().replace(['’', '‘'], "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let bare = bare.strip_prefix('(').unwrap_or(bare).trim();
    if bare.is_empty() {
        return None;
    }
    let one_word = !bare.contains(char::is_whitespace);
    // In running text a single word is furniture only in brackets of its own.
    if one_word && !alone && !(line.starts_with(['(', '[']) && line.ends_with([')', ']'])) {
        return None;
    }
    if LINES.binary_search(&bare).is_ok() && !(alone && line.ends_with('?')) {
        return Some(Furniture::Known);
    }
    if is_counter(bare) || is_notice(bare) {
        return Some(Furniture::Shape);
    }
    let words: Vec<&str> = bare.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    if words.len() <= 16
        && ASKS.iter().any(|a| starts_with_words(bare, a))
        && words[1..].iter().any(|w| PLACES_ONE_IS_SENT.binary_search(w).is_ok())
    {
        return Some(Furniture::Shape);
    }
    if words.len() <= 8 && starts_with_words(bare, "click here") {
        return Some(Furniture::Shape);
    }
    if alone
        && let Some((label, title)) = bare.split_once(':')
        && LABELS.contains(&label.trim())
        && !title.trim().is_empty()
    {
        return Some(Furniture::Shape);
    }
    None
}

/// Words other than those of the lists that furniture begins with: counters and notices.
const OTHER_STARTS: [&str; 12] =
    ["reading", "read", "estimated", "comments", "shares", "views", "likes", "view", "see", "show", "page", "click"];

/// Bytes of the longest word that furniture begins with.
const LONGEST_START: usize = 14;

/// Whether `line` begins as some furniture does, or ends as a notice does: the cheap question that nearly all copy answers with no.
fn may_be(line: &str) -> bool {
    static STARTS: LazyLock<FxHashSet<&[u8]>> = LazyLock::new(|| {
        let listed = [LINES, ASKS, LABELS, &OTHER_STARTS].into_iter().flatten();
        listed.map(|l| &l.as_bytes()[..first_word(l.as_bytes())]).collect()
    });
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©').as_bytes();
    let mut word = [0; LONGEST_START];
    let len = first_word(start);
    match start.get(len) {
        // A number, a sign, a letter that lower case may turn into another.
        _ if len == 0 || start[0].is_ascii_digit() => return true,
        Some(next) if !next.is_ascii() => return true,
        _ => {}
    }
    let listed = word.get_mut(..len).is_some_and(|lower| {
        lower.copy_from_slice(&start[..len]);
        lower.make_ascii_lowercase();
        STARTS.contains(&*lower)
    });
    listed || start.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case(b"copyright")) || ends_as_notice(line)
}

fn first_word(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

fn ends_as_notice(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| !c.is_alphanumeric()).as_bytes();
    end.len().checked_sub(8).is_some_and(|from| end[from..].eq_ignore_ascii_case(b"reserved"))
}

/// A button that stands before a headline: two or three words, the first an imperative of the web, the others capitalized or of no weight
/// (“Ask Vela”, “Join Premium now”). Only the reader of a whole draft knows that a headline follows, so this is no furniture by itself.
pub fn is_button(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (2..=3) = words.len() else { return false };
    let starts = |w: &str| w.starts_with(char::is_uppercase);
    line.len() <= 30
        && starts(words[0])
        && BUTTONS.contains(&words[0].to_lowercase().as_str())
        && !line.ends_with(['.', '?', '”', '"', ':', ','])
        && words[1..].iter().all(|w| starts(w) || matches!(*w, "now" | "here" | "us" | "more" | "our" | "the" | "live"))
}

/// “Reading time: 3 min”, “5 min read”, “12 comments”, “1.2K shares”, “Page 2 of 3”.
fn is_counter(line: &str) -> bool {
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || c == ':' || c == '-').filter(|w| !w.is_empty()).collect();
    let is_number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 6;
    let is_minutes = |w: &str| matches!(w.trim_end_matches('.'), "min" | "mins" | "minute" | "minutes");
    match words.as_slice() {
        ["reading" | "read" | "estimated", "time", rest @ ..] => {
            rest.len() <= 4 && rest.iter().any(|w| is_number(w) || w.ends_with("min"))
        }
        ["estimated", "reading", "time", ..] => words.len() <= 6,
        [n, m, "read"] => is_number(n) && is_minutes(m),
        [n, "min", "read", "time"] => is_number(n),
        [n, "comments" | "comment" | "shares" | "share" | "likes" | "views" | "retweets" | "replies"] => is_number(n),
        ["comments" | "shares" | "views" | "likes", n] => is_number(n),
        ["view" | "see" | "read" | "show", "all", n, "comments"] => is_number(n),
        ["page", a, "of", b] => is_number(a) && is_number(b),
        _ => false,
    }
}

/// “© 2025 …”, “Copyright 2025 …”, “All rights reserved” with a little around it.
fn is_notice(line: &str) -> bool {
    let after = line
        .strip_prefix('©')
        .or_else(|| line.strip_prefix("copyright"))
        .map(|r| r.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '©' | '(' | ')' | 'c')));
    let dated = after.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    (dated && line.len() < 120) || (line.ends_with("all rights reserved") && line.len() < 120)
}

fn starts_with_words(line: &str, start: &str) -> bool {
    line.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_search() {
        let mut sorted = PLACES_ONE_IS_SENT.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, PLACES_ONE_IS_SENT);
        let mut sorted = LINES.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, LINES);
    }

    #[test]
    fn every_listed_line_passes_the_cheap_question() {
        for line in LINES.iter().chain(ASKS).chain(LABELS).chain(&OTHER_STARTS) {
            assert!(may_be(line) && may_be(&format!("({}", line.to_uppercase())), "{line}");
            assert!(first_word(line.as_bytes()) <= LONGEST_START, "{line}");
        }
        assert!(may_be("The harbor paper. All rights reserved.") && may_be("“Copyright2025 Harbor Post"));
        assert!(!may_be("The mayor left.") && !may_be("“Nobody knew,” she said."));
    }

    #[test]
    fn whole_lines() {
        for line in [
            "Advertisement",
            "LEAVE A COMMENT",
            "Reading time: 3 min",
            "4 min read",
            "Read more: How the pier was built",
            "Follow us on Instagram",
            "Sign up for our weekly newsletter",
            "27 Comments",
            "© 2025 Harbor Post. All rights reserved.",
            "Share this:",
        ] {
            assert!(recognize(line, true).is_some(), "{line}");
        }
        for line in [
            "Share prices fell",
            "Comments by the mayor drew anger",
            "Most read the letter twice",
            "The council will leave a comment period open",
            "He asked her to follow us on the road to the pier",
            "Related?",
            "Sign up for the army, they said",
        ] {
            assert_eq!(recognize(line, true), None, "{line}");
        }
    }

    #[test]
    fn whole_sentences() {
        assert!(recognize("Follow us on Facebook.", false).is_some());
        assert!(recognize("(Advertisement)", false).is_some());
        assert_eq!(recognize("Share.", false), None);
        assert_eq!(recognize("Related: the other story", false), None);
    }

    #[test]
    fn buttons() {
        assert!(is_button("Ask Vela") && is_button("Join Premium now"));
        assert!(!is_button("Talks stall in Geneva") && !is_button("Ask why") && !is_button("Mayor resigns"));
    }
}
