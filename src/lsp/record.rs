//! `--record FILE`: every message of a session, one JSON object a line, for a bug report.
//!
//! The file holds unpublished copy: it is made for its owner only, and nothing sends it anywhere.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

pub(super) struct Recorder {
    file: Arc<Mutex<File>>,
    start: Instant,
}

/// One direction of the talk.
struct Track {
    from: &'static str,
    file: Arc<Mutex<File>>,
    start: Instant,
    /// Bytes of a message that is not whole yet.
    pending: Vec<u8>,
}

pub(super) struct Input<R> {
    inner: R,
    track: Track,
}

pub(super) struct Output<W> {
    inner: W,
    track: Track,
}

impl Recorder {
    pub(super) fn create(path: &Path) -> io::Result<Recorder> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Recorder { file: Arc::new(Mutex::new(options.open(path)?)), start: Instant::now() })
    }

    pub(super) fn input<R>(&self, inner: R) -> Input<R> {
        Input { inner, track: self.track("client") }
    }

    pub(super) fn output<W>(&self, inner: W) -> Output<W> {
        Output { inner, track: self.track("server") }
    }

    fn track(&self, from: &'static str) -> Track {
        Track { from, file: Arc::clone(&self.file), start: self.start, pending: Vec::new() }
    }
}

impl Track {
    /// Writes the messages that `bytes` complete. A recording that cannot be written never stops the talk.
    fn take(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        while let Some((message, rest)) = split(&self.pending) {
            let message: Value = serde_json::from_slice(message).unwrap_or(Value::Null);
            let line = json!({ "ms": self.start.elapsed().as_millis() as u64, "from": self.from, "message": message });
            self.pending.drain(..rest);
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = writeln!(file, "{line}") {
                tracing::warn!("the recording goes on without a message: {error}");
            }
        }
    }
}

/// The first whole message of `bytes`, and where the next one starts.
fn split(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let head = memchr::memmem::find(bytes, b"\r\n\r\n")?;
    let fields = std::str::from_utf8(&bytes[..head]).ok()?;
    let length = fields.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    })?;
    let end = (head + 4).checked_add(length)?;
    Some((bytes.get(head + 4..end)?, end))
}

impl<R: AsyncRead + Unpin> AsyncRead for Input<R> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let this = &mut *self;
        ready!(Pin::new(&mut this.inner).poll_read(context, into))?;
        this.track.take(&into.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Output<W> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        let written = ready!(Pin::new(&mut this.inner).poll_write(context, bytes))?;
        this.track.take(&bytes[..written]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn messages_are_written_whole_however_they_come() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("talk.jsonl");
        let recorder = Recorder::create(&path).unwrap();
        let (mut near, far) = tokio::io::duplex(7);
        let mut input = recorder.input(far);
        let sent = "Content-Length: 7\r\n\r\n{\"a\":1}content-length: 10\r\nX: y\r\n\r\n{\"b\":\"é\"}";
        let write = async move {
            near.write_all(sent.as_bytes()).await.unwrap();
        };
        let mut read = String::new();
        let (_, length) = tokio::join!(write, input.read_to_string(&mut read));
        assert_eq!((length.unwrap(), read.as_str()), (sent.len(), sent), "what passes is not touched");
        let lines: Vec<Value> =
            std::fs::read_to_string(&path).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let messages: Vec<_> = lines.iter().map(|l| (&l["from"], &l["message"])).collect();
        assert_eq!(messages, [(&json!("client"), &json!({ "a": 1 })), (&json!("client"), &json!({ "b": "é" }))]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
