//! What is wrong with the value of an option, in the words of people: “a list is wanted, not the text "Quill"”.

/// The message of the parser for options, without the names that programs have for kinds of values.
pub(super) fn in_words(message: &str) -> String {
    let Some((given, wanted)) = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
        .and_then(|rest| rest.rsplit_once(", expected "))
    else {
        return message
            .replace("unknown field `", "unknown key `")
            .replace("unknown variant `", "unknown choice `")
            .replace('`', "\"");
    };
    let wanted = match wanted {
        "a sequence" => "a list",
        "a map" => "a table",
        "a string" => "a text in quotation marks",
        "a boolean" => "true or false",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i64" | "i32" => "a whole number",
        "f64" => "a number",
        other => other,
    };
    let given = match given.split_once(' ') {
        Some(("string", text)) => format!("the text {text}"),
        Some(("integer" | "floating", number)) => {
            format!("the number {}", number.trim_start_matches("point ").replace('`', ""))
        }
        Some(("boolean", value)) => value.replace('`', ""),
        _ => match given {
            "sequence" => "a list".to_owned(),
            "map" => "a table".to_owned(),
            other => other.to_owned(),
        },
    };
    format!("{wanted} is wanted, not {given}")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn kinds_of_values_have_names_that_people_know() {
        for (message, words) in [
            ("invalid type: string \"Quill\", expected a sequence", "a list is wanted, not the text \"Quill\""),
            ("invalid value: integer `-5`, expected u8", "a whole number from 0 to 255 is wanted, not the number -5"),
            (
                "invalid type: floating point `2.5`, expected u32",
                "a whole number, 0 or more is wanted, not the number 2.5",
            ),
            ("invalid type: map, expected a boolean", "true or false is wanted, not a table"),
            (
                "unknown variant `upper`, expected one of `any`, `up`",
                "unknown choice \"upper\", expected one of \"any\", \"up\"",
            ),
            ("one word is wanted, not “tells it”", "one word is wanted, not “tells it”"),
        ] {
            assert_eq!(in_words(message), words);
        }
    }
}
