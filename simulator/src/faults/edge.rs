//! Faults for which something before the instance answers: its edge, or another page.

use super::Planned;
use super::fault::Fault;
use super::place::Scene;
use crate::http::{Answer, Method};

const HTML: &str = "text/html";

/// The answer of whoever stands before the instance.
pub(super) fn answer(planned: &Planned, scene: &Scene) -> Answer {
    let rule = &planned.rule;
    let location = rule.location.as_deref();
    let mut answer = match (rule.fault, planned.variant()) {
        (Fault::SemaphoreFull, _) => {
            page(429, "snow_adc", "<html><body>Too Many Requests with code: 429</body></html>")
        }
        (Fault::SessionQueueFull, _) => Answer::empty(202).with("Server", "snow_adc"),
        (Fault::TimedOut, _) => page(500, "snow_adc", &error_page("500 Internal Server Error", 0)),
        (Fault::LoginPage, "redirect") => {
            redirect(location.unwrap_or("/session_timeout.do").to_owned())
        }
        (Fault::LoginPage, _) => page(200, "snow_adc", &login_page()),
        (Fault::EdgeError, "nginx-502") => {
            page(502, "nginx", &error_page("502 Bad Gateway", NGINX_BYTES))
        }
        (Fault::EdgeError, "503") => {
            page(503, "snow_adc", &error_page("503 Service Unavailable", ADC_BYTES))
        }
        (Fault::EdgeError, "504") => {
            page(504, "snow_adc", &error_page("504 Gateway Timeout", ADC_BYTES))
        }
        (Fault::EdgeError, _) => page(502, "snow_adc", &error_page("502 Bad Gateway", ADC_BYTES)),
        (Fault::Redirected, _) => redirect(match location {
            Some(location) => location.to_owned(),
            None => format!("https://elsewhere.example.com{}", scene.call.target),
        }),
        _ => page(200, "snow_adc", &hibernation_page()),
    };
    if scene.call.method == Method::Head {
        answer.body.clear();
    }
    answer
}

/// As many bytes as the pages of the edge were seen to have (servicenow-instance.md 8.4).
const ADC_BYTES: usize = 555;
const NGINX_BYTES: usize = 166;
const HIBERNATION_BYTES: usize = 5_900;

fn page(status: u16, server: &str, body: &str) -> Answer {
    let answer = Answer { body: body.to_owned(), ..Answer::empty(status) };
    answer.with("Content-Type", HTML).with("Server", server)
}

fn redirect(location: String) -> Answer {
    Answer::empty(302).with("Location", location).with("Server", "snow_adc")
}

fn error_page(title: &str, bytes: usize) -> String {
    let page = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n\
         <body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    );
    padded(page, bytes)
}

fn login_page() -> String {
    "<!DOCTYPE html>\n<html><head><title>Sign In | ServiceNow</title></head>\n\
     <body><form method=\"post\" action=\"/login.do\"><h1>Sign In</h1>\
     <input name=\"user_name\"><input name=\"user_password\" type=\"password\">\
     <button>Sign In</button></form></body></html>\n"
        .to_owned()
}

fn hibernation_page() -> String {
    let page = "<!DOCTYPE html>\n<html><head><title>Instance Hibernating page</title></head>\n\
         <body class=\"instance-hibernating-page\"><h1>Your instance is hibernating</h1>\n\
         <p>Sign in to the site to wake your instance</p>\n\
         <a href=\"https://developer.servicenow.com/dev.do#!/home?wu=true\">Sign in</a>\n\
         </body></html>\n";
    padded(page.to_owned(), HIBERNATION_BYTES)
}

/// A page that is as long as the real one: blanks stand for what is not told of it.
fn padded(mut page: String, bytes: usize) -> String {
    while page.len() < bytes {
        page.push(if bytes.saturating_sub(page.len()) % 100 == 1 { '\n' } else { ' ' });
    }
    page
}
