//! A service around tower-lsp's that mends what it gets wrong (0.20):
//!
//! - `exit` ends the server although standard input stays open;
//! - a panic in a handler is answered with −32603, and the server lives;
//! - `"params": null` counts as no parameters, which `shutdown` is otherwise refused for;
//! - the client's capabilities are kept as they came, since `lsp-types` reads some under a wrong name;
//! - a URI goes back to the client in the client's own spelling.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use serde_json::Value;
use tokio::sync::Notify;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use super::uri::Spellings;

/// What the guard learns from the messages that pass, for the rest of the server.
#[derive(Default)]
pub(super) struct Watch {
    /// Fires when the client says `exit`, or when it is gone.
    pub(super) gone: Notify,
    shut_down: AtomicBool,
    capabilities: OnceLock<Value>,
    pub(super) spellings: Spellings,
}

impl Watch {
    /// Whether the client said `shutdown`: what the exit code tells.
    pub(super) fn was_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::Relaxed)
    }

    /// The client's capability at a JSON pointer, as it came: `/workspace/configuration`.
    pub(super) fn supports(&self, pointer: &str) -> bool {
        self.capabilities.get().and_then(|c| c.pointer(pointer)).and_then(Value::as_bool) == Some(true)
    }
}

pub(super) struct Guard<S> {
    inner: S,
    watch: Arc<Watch>,
}

impl<S> Guard<S> {
    pub(super) fn new(inner: S, watch: Arc<Watch>) -> Guard<S> {
        Guard { inner, watch }
    }
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S> Service<Request> for Guard<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let request = without_null(request);
        match request.method() {
            "exit" => self.watch.gone.notify_one(),
            "shutdown" => self.watch.shut_down.store(true, Ordering::Relaxed),
            "initialize" => {
                if let Some(capabilities) = request.params().and_then(|p| p.get("capabilities")) {
                    // A second `initialize` is refused by tower-lsp; the first is the one that counts.
                    let _ = self.watch.capabilities.set(capabilities.clone());
                }
            }
            "textDocument/didOpen" => {
                if let Some(Value::String(uri)) = request.params().and_then(|p| p.pointer("/textDocument/uri")) {
                    self.watch.spellings.learn(uri);
                }
            }
            _ => {}
        }
        let (id, method) = (request.id().cloned(), request.method().to_owned());
        let answer = self.inner.call(request);
        let watch = Arc::clone(&self.watch);
        Box::pin(async move {
            match caught(answer).await {
                Ok(answer) => Ok(answer?.map(|response| respelled(response, &watch.spellings))),
                Err(panic) => {
                    tracing::error!("{method} failed: {}", panic_words(&*panic));
                    Ok(id.map(|id| Response::from_error(id, internal_error(&method))))
                }
            }
        })
    }
}

fn internal_error(method: &str) -> Error {
    let mut error = Error::internal_error();
    error.message = format!("newslint failed at {method}; the server goes on").into();
    error
}

fn without_null(request: Request) -> Request {
    if request.params() != Some(&Value::Null) {
        return request;
    }
    let (method, id, _) = request.into_parts();
    let builder = Request::build(method);
    match id {
        Some(id) => builder.id(id).finish(),
        None => builder.finish(),
    }
}

fn respelled(response: Response, spellings: &Spellings) -> Response {
    if spellings.is_empty() {
        return response;
    }
    let (id, result): (Id, _) = response.into_parts();
    Response::from_parts(id, result.map(|value| spellings.restore(value)))
}

/// Runs a future to its end or to its panic.
async fn caught<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = Box::pin(future);
    poll_fn(move |context| {
        // A future that panicked is dropped, never polled again, and what handlers share is a channel's sender.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}

/// What a panic said.
pub(super) fn panic_words(panic: &(dyn Any + Send)) -> &str {
    if let Some(words) = panic.downcast_ref::<&str>() {
        words
    } else if let Some(words) = panic.downcast_ref::<String>() {
        words
    } else {
        "a panic without words"
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Answers with the parameters it was given; panics where the method says so.
    struct Echo;

    impl Service<Request> for Echo {
        type Response = Option<Response>;
        type Error = std::convert::Infallible;
        type Future = Answer<Self::Error>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            Box::pin(async move {
                assert!(!request.method().starts_with("panic"), "asked to");
                let (_, id, params) = request.into_parts();
                Ok(id.map(|id| Response::from_ok(id, params.unwrap_or(json!("absent")))))
            })
        }
    }

    async fn call(guard: &mut Guard<Echo>, message: Value) -> Option<Value> {
        let request: Request = serde_json::from_value(message).unwrap();
        let response = guard.call(request).await.unwrap();
        response.map(|r| serde_json::to_value(r).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_the_next_request_too() {
        let mut guard = Guard::new(Echo, Arc::default());
        let answer = call(&mut guard, json!({ "jsonrpc": "2.0", "id": 1, "method": "panic/now" })).await.unwrap();
        assert_eq!(answer["error"]["code"], -32603);
        assert_eq!(call(&mut guard, json!({ "jsonrpc": "2.0", "method": "panic/notified" })).await, None);
        let answer = call(&mut guard, json!({ "jsonrpc": "2.0", "id": 2, "method": "x", "params": [1] })).await;
        assert_eq!(answer.unwrap()["result"], json!([1]));
    }

    #[tokio::test]
    async fn null_parameters_are_absent_ones() {
        let mut guard = Guard::new(Echo, Arc::default());
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "shutdown", "params": null });
        assert_eq!(call(&mut guard, message).await.unwrap()["result"], "absent");
        assert!(guard.watch.was_shut_down());
    }

    #[tokio::test]
    async fn capabilities_are_kept_as_they_came() {
        let mut guard = Guard::new(Echo, Arc::default());
        let capabilities = json!({ "workspace": { "diagnostics": { "refreshSupport": true } } });
        let message =
            json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": capabilities } });
        call(&mut guard, message).await;
        assert!(guard.watch.supports("/workspace/diagnostics/refreshSupport"));
        assert!(!guard.watch.supports("/workspace/configuration"));
    }
}
