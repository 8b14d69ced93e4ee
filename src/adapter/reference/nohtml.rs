//! The No HTML extension.

use crate::adapter::Answer;
use crate::adapter::input::{Result, text};
use crate::content::escape_html;
use serde_json::{Value, json};

pub(super) fn escape(input: &Value) -> Result<Answer> {
    Ok(Answer::Ok(json!({"escaped": escape_html(text(input, "markdown")?)})))
}
