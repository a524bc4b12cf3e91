//! Rate limiter: the window, and both clients.

use std::pin::pin;
#[cfg(feature = "blocking")]
use std::thread;
use std::time::{Duration, Instant};

use futures_util::FutureExt;

use crate::runtime::rate_limiter::Window;
use crate::runtime::{Client, Error};
use crate::support::clock::TestClock;
use crate::support::server::{Server, error, response, result};
use crate::support::{RUNTIME, Run, both, configured};

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

#[test]
fn windows_never_exceed_the_limit() {
    // xorshift64
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for _ in 0..200 {
        let requests = 1 + random(8);
        let per = Duration::from_nanos(1 + random(1_000));
        let mut window = Window::new(u32::try_from(requests).unwrap(), per).unwrap();
        let requests = usize::try_from(requests).unwrap();
        let mut now = Instant::now();
        let mut starts: Vec<Instant> = Vec::new();
        for _ in 0..100 {
            now += Duration::from_nanos(random(400));
            let first = starts
                .len()
                .checked_sub(requests)
                .map(|index| starts[index]);
            // The delay is exact.
            let due = first.map_or(Duration::ZERO, |first| {
                (first + per).saturating_duration_since(now)
            });
            assert_eq!(window.wait(now, 0), due);
            now += due;
            assert_eq!(window.wait(now, 0), Duration::ZERO);
            window.start(now);
            starts.push(now);
        }
        for pair in starts.windows(requests + 1) {
            assert!(pair[requests] - pair[0] >= per);
        }
    }
}

#[test]
fn windows_accept_extreme_values() {
    assert!(Window::new(0, secs(1)).is_none() && Window::new(1, Duration::ZERO).is_none());
    let now = Instant::now();
    let mut window = Window::new(u32::MAX, Duration::MAX).unwrap();
    window.start(now);
    assert_eq!(window.wait(now, 0), Duration::ZERO);
    let mut window = Window::new(1, Duration::MAX).unwrap();
    window.start(now);
    assert_eq!(window.wait(now + secs(1), 0) + secs(1), Duration::MAX);
    // The clock went back.
    assert_eq!(window.wait(now, 0), Duration::MAX);
}

#[test]
fn zero_limits_are_config_errors() {
    for (requests, per) in [(0, secs(1)), (1, Duration::ZERO)] {
        let error = Client::builder()
            .api_token("t")
            .rate_limit(requests, per)
            .build()
            .unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert_eq!(error.to_string(), "the rate limit allows no requests");
    }
}

both! {
    fn attempts_over_the_limit_wait([
        result("{}"), result("{}"), result("{}"), result("{}"), result("{}"),
    ], _server, client, clock, |builder| builder.rate_limit(2, secs(10))) {
        // Clones share the limit.
        for client in [&client, &client.clone(), &client, &client.clone()] {
            client.shelf("s").delete("x").run().unwrap();
        }
        assert_eq!(clock.slept(), [secs(10)]);
        clock.advance(secs(7));
        client.shelf("s").delete("x").run().unwrap();
        assert_eq!(clock.slept(), [secs(10), secs(3)]);
    }
}

both! {
    fn retries_count_as_attempts([
        error("503 S", 1), result("{}"), result("{}"),
    ], _server, client, clock, |builder| builder.rate_limit(2, secs(10))) {
        for _ in 0..2 {
            client.shelf("s").delete("x").run().unwrap();
        }
        assert_eq!(clock.slept(), [Duration::from_millis(1), Duration::from_millis(9_999)]);
    }
}

both! {
    fn invalid_requests_do_not_count([
        result("{}"),
    ], _server, client, clock, |builder| builder.rate_limit(1, secs(10))) {
        client.shelf("s").delete("").run().unwrap_err();
        client.shelf("s").delete("x").run().unwrap();
        assert!(clock.slept().is_empty());
    }
}

both! {
    fn server_limits_delay_all_calls([
        response("200 OK", &[("ratelimit", r#""default";r=0;t=30"#)], "v"),
        response("200 OK", &[("ratelimit", r#""default";r=1;t=30"#)], "v"),
        response("429 Too Many Requests", &[("retry-after", "5")], ""),
        response("429 Too Many Requests", &[("retry-after", "300"), ("ratelimit", r#""default";r=0;t=2"#)], ""),
        // The delay of other errors does not affect the limit.
        response("503 Service Unavailable", &[("retry-after", "5")], ""),
        response("200 OK", &[("ratelimit", "malformed;r=;t=\"")], "v"),
        response("200 OK", &[], "v"),
    ], server, client, clock, |builder| builder.rate_limit(1_000, secs(1)).max_retries(0)) {
        let value = client.shelf("s").value("k");
        for call in [&value, &value, &value] {
            let _ = call.clone().run();
        }
        assert_eq!(clock.slept(), [secs(30)]);
        let error = value.clone().run().unwrap_err();
        assert!(error.is_rate_limited());
        // The delay is limited by `max_retry_after`.
        let _ = value.clone().run();
        assert_eq!(clock.slept(), [secs(30), secs(5), secs(60)]);
        for _ in 0..2 {
            value.clone().run().unwrap();
        }
        assert_eq!(clock.slept().len(), 3);
        assert_eq!(server.received().len(), 7);
    }
}

both! {
    fn retry_delay_and_server_limit_are_not_added([
        response("429 Too Many Requests", &[("retry-after", "5")], ""), result("{}"),
    ], _server, client, clock, |builder| builder.rate_limit(1_000, secs(1))) {
        client.shelf("s").delete("x").run().unwrap();
        assert_eq!(clock.slept(), [secs(5)]);
    }
}

both! {
    fn calls_without_a_limit_do_not_wait([
        response("200 OK", &[("ratelimit", r#""default";r=0;t=30"#)], "v"),
        response("429 Too Many Requests", &[("retry-after", "5")], ""),
        response("200 OK", &[], "v"),
    ], _server, client, clock, |builder| builder.max_retries(0)) {
        let value = client.shelf("s").value("k");
        value.clone().run().unwrap();
        value.clone().run().unwrap_err();
        value.run().unwrap();
        assert!(clock.slept().is_empty());
    }
}

#[test]
fn waiting_calls_keep_their_order_and_dropped_calls_free_their_slot() {
    let clock = TestClock::by_hand();
    let server = Server::start((0..3).map(|_| result("{}")));
    let builder = configured(Client::builder(), &server.url).rate_limit(1, secs(10));
    let client = builder.clock(clock.clone()).build().unwrap();
    let call = || client.shelf("s").delete("x").send();
    let _context = RUNTIME.enter();

    RUNTIME.block_on(call()).unwrap();
    let mut leaves = Box::pin(call());
    let mut second = Box::pin(call());
    let mut third = pin!(call());
    assert!((&mut leaves).now_or_never().is_none());
    assert!((&mut second).now_or_never().is_none());
    assert!(third.as_mut().now_or_never().is_none());
    // Each waiting call sleeps slightly longer than the previous one.
    let step = Duration::from_millis(1);
    assert_eq!(
        clock.slept(),
        [secs(10), secs(10) + step, secs(10) + step * 2]
    );
    clock.advance(secs(4));
    drop(leaves);

    clock.advance(secs(6) + step);
    assert!(third.as_mut().now_or_never().is_none());
    RUNTIME.block_on(second).unwrap();
    clock.advance(step);
    assert!(third.as_mut().now_or_never().is_none());
    assert_eq!(server.received().len(), 2);
    clock.advance(secs(10));
    RUNTIME.block_on(third).unwrap();
    // The slot of the dropped call went to the second one.
    assert_eq!(clock.slept()[3..], [secs(10)]);
}

#[test]
fn unpolled_calls_do_not_block_others() {
    let clock = TestClock::by_hand();
    let server = Server::start((0..3).map(|_| result("{}")));
    let builder = configured(Client::builder(), &server.url).rate_limit(1, secs(10));
    let client = builder.clock(clock.clone()).build().unwrap();
    let call = || client.shelf("s").delete("x").send();
    let _context = RUNTIME.enter();

    RUNTIME.block_on(call()).unwrap();
    let mut forgotten = pin!(call());
    assert!(forgotten.as_mut().now_or_never().is_none());
    let mut other = Box::pin(call());
    assert!((&mut other).now_or_never().is_none());
    clock.advance(secs(11));
    RUNTIME.block_on(other).unwrap();
    // The call still gets its slot when it is polled again.
    clock.advance(secs(11));
    RUNTIME.block_on(forgotten).unwrap();
}

#[test]
fn waiting_calls_observe_new_server_limits() {
    let clock = TestClock::by_hand();
    let invalid = response("429 Too Many Requests", &[("retry-after", "30")], "");
    let invalid = invalid.after(Duration::from_millis(200));
    let server = Server::start([invalid, result("{}")]);
    let builder = configured(Client::builder(), &server.url).rate_limit(1, secs(10));
    let client = builder.clock(clock.clone()).build().unwrap();
    let call = || client.shelf("s").delete("x").max_retries(0).send();
    let _context = RUNTIME.enter();

    let mut first = Box::pin(call());
    let mut second = Box::pin(call());
    assert!((&mut first).now_or_never().is_none());
    assert!((&mut second).now_or_never().is_none());
    assert!(RUNTIME.block_on(first).unwrap_err().is_rate_limited());
    clock.advance(secs(10));
    assert!((&mut second).now_or_never().is_none());
    assert_eq!(clock.slept(), [secs(10), secs(20)]);
    clock.advance(secs(20));
    RUNTIME.block_on(second).unwrap();
}

#[cfg(feature = "blocking")]
#[test]
fn threads_share_a_limit() {
    use crate::runtime::blocking;

    let clock = TestClock::new();
    let run = |builder: crate::runtime::ClientBuilder<blocking::Client>, server: &Server| {
        let client = configured(builder, &server.url).build().unwrap();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        client.shelf("s").delete("x").send().unwrap();
                    }
                });
            }
        });
        assert_eq!(server.received().len(), 20);
    };
    let server = || Server::start((0..20).map(|_| result("{}")));
    let builder = blocking::Client::builder().rate_limit(3, secs(10));
    run(builder.clock(clock.clone()), &server());
    // A thread that loses a race for a free slot waits for another moment.
    let mut waits = clock.slept();
    waits.retain(|wait| *wait >= secs(1));
    assert_eq!(waits, [secs(10); 6]);
    // Uses real time, so that the threads drive each other's timers.
    let builder = blocking::Client::builder().rate_limit(5, Duration::from_millis(20));
    run(builder, &server());
}
