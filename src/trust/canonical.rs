//! Canonical JSON, the octets that signatures are made over (specification §4.1): fields in order, no spaces, no
//! fractions, and in strings `"` and `\` alone escaped.
//!
//! No two values share a form. Implementations that bring strings to a Unicode normal form first lose that: there
//! a signed name can be exchanged for another spelling of it without breaking the signature.

use serde::ser::Error;
use serde_json::Value;

/// The canonical form of a value; fails on numbers that are no integers of 64 bits.
pub(super) fn canonical(value: &Value) -> serde_json::Result<Vec<u8>> {
    let mut octets = Vec::new();
    write_value(value, &mut octets)?;
    Ok(octets)
}

fn write_value(value: &Value, octets: &mut Vec<u8>) -> serde_json::Result<()> {
    match value {
        Value::Null => octets.extend(b"null"),
        Value::Bool(flag) => octets.extend(flag.to_string().as_bytes()),
        Value::Number(number) if number.is_f64() => {
            return Err(Error::custom(format_args!("{number} is no integer of 64 bits")));
        }
        Value::Number(number) => octets.extend(number.to_string().as_bytes()),
        Value::String(text) => write_text(text, octets),
        Value::Array(items) => {
            octets.push(b'[');
            for (item, index) in items.iter().zip(0..) {
                octets.extend((index > 0).then_some(b','));
                write_value(item, octets)?;
            }
            octets.push(b']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            octets.push(b'{');
            for ((name, field), index) in fields.into_iter().zip(0..) {
                octets.extend((index > 0).then_some(b','));
                write_text(name, octets);
                octets.push(b':');
                write_value(field, octets)?;
            }
            octets.push(b'}');
        }
    }
    Ok(())
}

fn write_text(text: &str, octets: &mut Vec<u8>) {
    octets.push(b'"');
    for octet in text.bytes() {
        octets.extend(matches!(octet, b'"' | b'\\').then_some(b'\\'));
        octets.push(octet);
    }
    octets.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> String {
        String::from_utf8(canonical(&serde_json::from_str(text).unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn forms_are_those_of_the_specification() {
        for (text, expected) in [
            (r#" { "b" : [ 1 , -2, true, null ], "a" : { } } "#, r#"{"a":{},"b":[1,-2,true,null]}"#),
            (r#"{"B":1,"a":2,"é":3,"_":4,"":5}"#, r#"{"":5,"B":1,"_":4,"a":2,"é":3}"#),
            (r#""\u00e9 \" \\ \/ \n""#, "\"é \\\" \\\\ / \n\""),
            (
                "[18446744073709551615,-9223372036854775808,[]]",
                "[18446744073709551615,-9223372036854775808,[]]",
            ),
        ] {
            assert_eq!(form(text), expected);
        }
    }

    #[test]
    fn two_spellings_of_a_letter_are_two_values() {
        assert_ne!(form(r#""\u00e9""#), form(r#""e\u0301""#));
    }

    #[test]
    fn fractions_have_no_form() {
        for text in ["1.5", "1.0", "1e2", "-0", "18446744073709551616"] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert!(canonical(&value).is_err(), "{text}");
        }
    }
}
