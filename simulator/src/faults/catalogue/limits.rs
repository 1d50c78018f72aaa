//! Faults of limits, outages and the line (36 to 53).

use super::{Act, Facts, Parameter, Write, entry};
use crate::faults::fault::Fault;
use crate::faults::place::Place;

pub(super) const FAULTS: &[Facts] = &[
    entry(
        36,
        Fault::RateLimited,
        "A rate limit rule denies",
        "429 JSON, `Retry-After` (60), `X-RateLimit-Limit`, `-Reset`, `-Rule`",
        Place::Api,
    )
    .takes(&[Parameter::RetryAfter, Parameter::Text]),
    entry(
        37,
        Fault::SemaphoreFull,
        "The queue of the semaphore is full",
        "429 HTML, no `Retry-After`",
        Place::Anywhere,
    )
    .by(Act::Edge, Write::Refused),
    entry(
        38,
        Fault::SessionQueueFull,
        "The queue of the session is full",
        "202 and nothing else, the request is not carried out",
        Place::Anywhere,
    )
    .by(Act::Edge, Write::Refused),
    entry(
        39,
        Fault::TransactionCancelled,
        "The transaction is cancelled",
        "200 with `error` beside half of `result`, or JSON that ends after `length` bytes (half)",
        Place::Api,
    )
    .by(Act::Rewrite, Write::Committed)
    .variants(&["error", "truncated"])
    .takes(&[Parameter::Text, Parameter::Length]),
    entry(
        40,
        Fault::Slow,
        "The answer is late, or never comes",
        "the answer after `delay` (61 s), or none while the connection stays open",
        Place::Anywhere,
    )
    .by(Act::Line, Write::Committed)
    .variants(&["late", "never"])
    .late(61_000),
    entry(
        41,
        Fault::TimedOut,
        "The load balancer gives up",
        "500 HTML after `delay` (5 minutes), the work goes on",
        Place::Anywhere,
    )
    .by(Act::Edge, Write::Committed)
    .late(300_000),
    entry(
        42,
        Fault::CutOff,
        "The connection ends amid the answer",
        "`length` bytes (half) of the body, then the end without terminator, or a reset; or a \
         reset before anything; or bytes that are not HTTP",
        Place::Anywhere,
    )
    .by(Act::Line, Write::Committed)
    .variants(&["cut", "reset", "reset-first", "garbage"])
    .takes(&[Parameter::Length]),
    entry(
        43,
        Fault::Hibernating,
        "The developer instance hibernates",
        "200 HTML on every path, `Instance Hibernating page`",
        Place::Anywhere,
    )
    .by(Act::Edge, Write::Refused),
    entry(
        44,
        Fault::LoginPage,
        "A login page answers",
        "200 HTML `Sign In`, or 302 to `location` (`/session_timeout.do`)",
        Place::Anywhere,
    )
    .by(Act::Edge, Write::Refused)
    .variants(&["page", "redirect"])
    .takes(&[Parameter::Location]),
    entry(
        45,
        Fault::EdgeError,
        "The edge fails",
        "502, 503 or 504 HTML from snow_adc, or 502 from nginx",
        Place::Anywhere,
    )
    .by(Act::Edge, Write::Refused)
    .variants(&["502", "503", "504", "nginx-502"]),
    entry(
        46,
        Fault::PayloadTooLarge,
        "The payload is too large",
        "400 `Exception while reading request`; with `length` only for more bytes than that",
        Place::Body,
    )
    .takes(&[Parameter::Length]),
    entry(47, Fault::TableUnknown, "The table is unknown", "400 `Invalid table`", Place::Tables)
        .movable(),
    entry(
        48,
        Fault::ChoicesUnreadable,
        "The choices cannot be read",
        "200 `[]`, or 403 `Insufficient rights to query records`",
        Place::Choices,
    )
    .variants(&["empty", "forbidden"]),
    entry(
        49,
        Fault::BatchUnserviced,
        "A batch is not finished",
        "200, the parts after the first `length` (1) are not carried out and listed in \
         `unserviced_requests`",
        Place::Batch,
    )
    .by(Act::Request, Write::Done)
    .takes(&[Parameter::Length]),
    entry(
        50,
        Fault::ReadAfterWrite,
        "A record cannot be read yet",
        "the first read after a write is 404, or shows the record as it was",
        Place::ReadBack,
    )
    .by(Act::State, Write::Done)
    .variants(&["missing", "stale"]),
    entry(
        51,
        Fault::Gzip,
        "The answer is compressed",
        "`Content-Encoding: gzip` unasked; or it unpacks to `length` bytes (64 MiB) more; or it \
         is not gzip",
        Place::Anywhere,
    )
    .by(Act::Line, Write::Done)
    .variants(&["unasked", "bomb", "broken"])
    .takes(&[Parameter::Length]),
    entry(
        52,
        Fault::CertificateBad,
        "The certificate is not good",
        "HTTPS with a certificate that has expired, or is another host's",
        Place::Handshake,
    )
    .by(Act::Handshake, Write::Refused)
    .variants(&["expired", "other-host"]),
    entry(
        53,
        Fault::Redirected,
        "Another host is pointed to",
        "302 to `location` (`https://elsewhere.example.com` and the path)",
        Place::Anywhere,
    )
    .by(Act::Edge, Write::Refused)
    .takes(&[Parameter::Location]),
];
