//! What the client can do, as far as it changes what it is sent.

use serde_json::Value;
use tower_lsp::lsp_types::{ClientCapabilities, InitializeParams};

use super::position::Encoding;
use crate::text::decode::SIZE_LIMIT;

/// The client's abilities. Everything is off until it says otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Abilities {
    pub(super) encoding: Encoding,
    /// Shows the other side of a contradiction where it is.
    pub(super) related_information: bool,
    /// Opens a code's page.
    pub(super) code_description: bool,
    /// Shows `newslint:` pages, which it asks for with `newslint/page`; our own extension says so.
    pub(super) pages: bool,
    /// Hands a diagnostic's `data` back.
    pub(super) data: bool,
    /// Takes code actions, not only commands.
    pub(super) code_actions: bool,
    pub(super) preferred: bool,
    /// Takes edits bound to a version.
    pub(super) document_changes: bool,
    /// Reads Markdown in a hover.
    pub(super) markdown: bool,
}

impl Abilities {
    pub(super) const NONE: Abilities = Abilities {
        encoding: Encoding::Utf16,
        related_information: false,
        code_description: false,
        pages: false,
        data: false,
        code_actions: false,
        preferred: false,
        document_changes: false,
        markdown: false,
    };

    pub(super) fn of(params: &InitializeParams) -> Abilities {
        let ClientCapabilities { workspace, text_document, general, .. } = &params.capabilities;
        let diagnostics = text_document.as_ref().and_then(|t| t.publish_diagnostics.as_ref());
        let actions = text_document.as_ref().and_then(|t| t.code_action.as_ref());
        let hover = text_document.as_ref().and_then(|t| t.hover.as_ref());
        let encodings = general.as_ref().and_then(|g| g.position_encodings.as_deref());
        let workspace = workspace.as_ref();
        let options = params.initialization_options.as_ref();
        let is = |ability: Option<bool>| ability == Some(true);
        Abilities {
            encoding: Encoding::negotiate(encodings),
            related_information: is(diagnostics.and_then(|d| d.related_information)),
            code_description: is(diagnostics.and_then(|d| d.code_description_support)),
            pages: is(options.and_then(|o| o.get("pages")).and_then(Value::as_bool)),
            data: is(diagnostics.and_then(|d| d.data_support)),
            code_actions: actions.is_some_and(|a| a.code_action_literal_support.is_some()),
            preferred: is(actions.and_then(|a| a.is_preferred_support)),
            document_changes: is(workspace.and_then(|w| w.workspace_edit.as_ref()).and_then(|e| e.document_changes)),
            markdown: hover
                .and_then(|h| h.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&tower_lsp::lsp_types::MarkupKind::Markdown)),
        }
    }
}

/// What the editor's user sets, under `newslint` in its settings or in `initializationOptions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClientSettings {
    /// The largest document that is checked, in bytes of UTF-8.
    pub(super) max_bytes: usize,
}

impl Default for ClientSettings {
    fn default() -> ClientSettings {
        ClientSettings { max_bytes: SIZE_LIMIT }
    }
}

impl ClientSettings {
    /// Reads what is there and known; an editor sends settings of its own among ours.
    pub(super) fn read(value: &Value) -> ClientSettings {
        let defaults = ClientSettings::default();
        let max_bytes = value.get("maxFileBytes").and_then(Value::as_u64);
        ClientSettings { max_bytes: max_bytes.and_then(|n| usize::try_from(n).ok()).unwrap_or(defaults.max_bytes) }
    }
}
