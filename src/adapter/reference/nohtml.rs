//! The No HTML extension.

use super::input::{Result, text};
use crate::adapter::Answer;
use crate::content::escape_html;
use serde_json::{Value, json};

pub(super) fn escape(input: &Value) -> Result<Answer> {
    Ok(Answer::Ok(json!({"escaped": escape_html(text(input, "markdown")?)})))
}
