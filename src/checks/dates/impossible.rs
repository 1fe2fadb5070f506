//! `dates/impossible`: a day that no calendar has; what else cannot be stands in `ahead` and `reversed`.

use jiff::civil::Date;

use super::{Context, ahead, reversed};
use crate::diagnostic::Finding;
use crate::text::calendar::{longest_month, month_name};

pub fn run(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    no_such_day(cx, findings);
    reversed::run(cx, findings);
    ahead::run(cx, findings);
}

fn no_such_day(cx: &Context<'_>, findings: &mut Vec<Finding>) {
    for mention in &cx.annotations.dates {
        let w = mention.written;
        let (Some(day), Some(month)) = (w.day, w.month) else { continue };
        let words = cx.draft.words_at(mention.span);
        let longest = longest_month(month);
        let message = if day > longest as u32 {
            format!("“{words}”: {} has {longest} days", month_name(month))
        } else if let Some(year) = w.year
            && month == 2
            && day == 29
            && Date::new(year, 2, 29).is_err()
        {
            format!("“{words}”: {year} is no leap year")
        } else {
            continue;
        };
        findings.push(Finding::new("dates/impossible", mention.span, message));
    }
}
