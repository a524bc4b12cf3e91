//! Error pages like those of Cloudflare's proxy.

/// Returns a page with the status and its name.
pub(super) fn html(status: u16) -> String {
    let name = name(status);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head><title>api.cloudflare.com | {status}: {name}</title></head>\n\
         <body>\n<h1>{name} <small>Error code {status}</small></h1>\n<p>Cloudflare</p>\n</body>\n</html>\n"
    )
}

fn name(status: u16) -> &'static str {
    match status {
        502 => "Bad gateway",
        504 => "Gateway time-out",
        520 => "Web server is returning an unknown error",
        521 => "Web server is down",
        522 => "Connection timed out",
        523 => "Origin is unreachable",
        524 => "A timeout occurred",
        525 => "SSL handshake failed",
        526 => "Invalid SSL certificate",
        _ => "Error",
    }
}
