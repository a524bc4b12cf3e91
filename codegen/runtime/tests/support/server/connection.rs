//! Serves a connection of the scripted server.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use super::step::{Step, json};
use super::{Received, Traffic};

/// Receives requests and responds to them until the connection ends.
pub(super) fn serve(
    stream: &TcpStream,
    connection: usize,
    received: &Mutex<Vec<Received>>,
    steps: &Mutex<VecDeque<Step>>,
    traffic: &Traffic,
) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    if steps
        .lock()
        .unwrap()
        .front()
        .is_some_and(|step| step.is_mute)
    {
        thread::sleep(Duration::from_secs(60));
        return;
    }
    while let Some(mut request) = head(&mut reader, connection) {
        let early = {
            let mut steps = steps.lock().unwrap();
            let is_early = steps.front().is_some_and(|step| step.is_early);
            is_early.then(|| steps.pop_front()).flatten()
        };
        if let Some(step) = &early {
            (&*stream).write_all(&step.bytes).unwrap();
        }
        let Some(body) = body(&mut reader, &request) else {
            return;
        };
        request.body = body;
        if early.is_some() {
            received.lock().unwrap().push(request);
            continue;
        }
        traffic.enter();
        let step = next(steps, &request);
        received.lock().unwrap().push(request);
        traffic.gather(step.gathers);
        thread::sleep(step.pause);
        traffic.leave();
        let sent = (&*stream).write_all(&step.bytes);
        if let Some(pause) = step.closes {
            thread::sleep(pause);
        }
        if step.closes.is_some() || sent.is_err() {
            let _ = stream.shutdown(Shutdown::Both);
            return;
        }
    }
}

/// Returns the step for a request.
fn next(steps: &Mutex<VecDeque<Step>>, request: &Received) -> Step {
    let mut steps = steps.lock().unwrap();
    if let Some(by) = steps.front().and_then(|step| step.by.clone()) {
        return by(request);
    }
    let step = steps.pop_front();
    step.unwrap_or_else(|| json("500 Internal Server Error", "the script is over"))
}

fn head(reader: &mut BufReader<TcpStream>, connection: usize) -> Option<Received> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|size| *size > 0)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        headers.push((name.to_owned(), value.to_owned()));
    }
    Some(Received {
        method,
        target,
        headers,
        body: Vec::new(),
        connection,
    })
}

/// Reads the body, unless it ends early.
fn body(reader: &mut BufReader<TcpStream>, head: &Received) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let mut take = |reader: &mut BufReader<TcpStream>, size: u64| {
        let taken = reader.take(size).read_to_end(&mut body).ok()?;
        (taken as u64 == size).then_some(())
    };
    if head.header("transfer-encoding") != Some("chunked") {
        let size = head.header("content-length").unwrap_or("0");
        take(reader, size.parse().unwrap())?;
        return Some(body);
    }
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).ok()?;
        let size = u64::from_str_radix(size.trim_end(), 16).ok()?;
        take(reader, size)?;
        reader.read_line(&mut String::new()).ok()?;
        if size == 0 {
            return Some(body);
        }
    }
}
