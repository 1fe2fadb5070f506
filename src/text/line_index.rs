//! Byte offsets to lines and columns.

/// Where each line of a text starts. Lines end at `\n`, `\r\n` or a lone `\r`, as in LSP.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

/// A place as people and the JSON contract count it: line from 1, column from 1 in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl LineIndex {
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !crlf {
                starts.push(at as u32 + 1);
            }
        }
        LineIndex { starts }
    }

    /// The line (from 0) that holds the byte `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&s| s <= offset) - 1
    }

    /// The byte offset where `line` (from 0) starts.
    pub fn start_of(&self, line: usize) -> Option<u32> {
        self.starts.get(line).copied()
    }

    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of the byte `offset` in `text`, the text this index was made from.
    pub fn place(&self, text: &str, offset: u32) -> Place {
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let column = text[start..offset as usize].chars().count() as u32 + 1;
        Place { line: line as u32 + 1, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_scalar_values_and_every_line_end() {
        let text = "é“a”\r\nb\rc\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 4);
        let at = |needle: &str| index.place(text, text.find(needle).unwrap() as u32);
        assert_eq!(at("a"), Place { line: 1, column: 3 });
        assert_eq!(at("b"), Place { line: 2, column: 1 });
        assert_eq!(at("c"), Place { line: 3, column: 1 });
        assert_eq!(at("d"), Place { line: 4, column: 1 });
    }
}
