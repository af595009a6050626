//! The first page: how registering works at the moment.

use std::time::Duration;

use account_core::administration::statistics::{DayFigures, QueueFigures, Waits};
use account_core::translation::Translator;
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::super::form::Query;
use super::super::templates::PageTemplate;
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::Admin;
use super::chart::{Chart, Group};
use super::paths::{CONSOLE, OUTBOX};
use super::read::{choice, done};
use super::view::{Around, Cell, LinkView, Row, Table, address, sentence};
use crate::metrics::HashingFigures;
use crate::problem::Problem;
use crate::query::DEFAULT_DAYS;

/// How many days can be looked at.
const SPANS: [u32; 3] = [7, 14, 31];

#[derive(Serialize)]
struct DashboardPage {
    around: Around,
    spans: Vec<Span>,
    /// The sums over all days.
    totals: Vec<Total>,
    funnel: Chart,
    until_mailed: Chart,
    until_confirmed: Chart,
    queues: Chart,
    /// The age of the oldest waiting entry of each queue.
    ages: Table,
    /// Where dead letters are, if there are any.
    dead: Option<LinkView>,
    instance: String,
    limits: Chart,
    hashing: Chart,
    hashing_waits: Table,
}

impl PageTemplate for DashboardPage {
    const NAME: &'static str = "console/dashboard.html";

    fn here(&self) -> Option<String> {
        Some(self.around.here())
    }
}

/// A number of days to choose.
#[derive(Serialize)]
struct Span {
    path: String,
    text: String,
    is_current: bool,
}

/// A sum.
#[derive(Serialize)]
struct Total {
    label: String,
    value: u64,
}

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    let days = choice(&query, "days", |text| text.parse().ok().filter(|days| SPANS.contains(days)))?;
    let days = days.unwrap_or(DEFAULT_DAYS);
    let statistics = visit.pages.service.statistics(&admin.may, days).await.map_err(Problem::from)?;
    let since = admin.moment(visit, visit.pages.since);
    let words = visit.words();
    let queues = &statistics.queues;
    let dead = queues
        .iter()
        .any(|queue| queue.dead > 0)
        .then(|| LinkView { path: address(OUTBOX, [("state", "dead")]), text: say(words, "console-dead-letters") });
    let hashing = visit.pages.metrics.hashing();
    let page = DashboardPage {
        around: Around::new(visit, &admin.me, say(words, "console-dashboard"), CONSOLE, &done(&query)),
        spans: SPANS.map(|span| view(visit, span, days)).into(),
        totals: totals(words, &statistics.days),
        funnel: funnel(words, &statistics.days),
        until_mailed: until_mailed(words, &statistics.days),
        until_confirmed: until_confirmed(words, &statistics.days),
        queues: depths(words, queues),
        ages: ages(visit, queues),
        dead,
        instance: sentence(visit, "console-instance", "since", since),
        limits: limits(words, visit.pages.metrics.refused_by_limit()),
        hashing: load(words, &hashing),
        hashing_waits: hashing_waits(visit, &hashing),
    };
    Ok(visit.page(StatusCode::OK, &page)?)
}

fn view(visit: &Visit, days: u32, current: u32) -> Span {
    let number = days.to_string();
    Span {
        path: address(CONSOLE, [("days", number.as_str())]),
        text: visit.words().span(Duration::from_hours(24 * u64::from(days))),
        is_current: days == current,
    }
}

/// Texts of a chart by their keys.
fn texts(words: &Translator, keys: [&str; 3]) -> [String; 3] {
    keys.map(|key| say(words, key))
}

/// Month and day: the year is known.
fn label(day: &DayFigures) -> String {
    day.day.get(5..).unwrap_or_default().to_owned()
}

/// The steps of people who register, and their keys.
const STEPS: [&str; 4] =
    ["console-series-registered", "console-series-mailed", "console-series-confirmed", "console-series-signed-in"];

const fn steps(day: &DayFigures) -> [u64; 4] {
    [day.registrations_started, day.mails_handed_over, day.confirmed, day.signed_in]
}

fn totals(words: &Translator, days: &[DayFigures]) -> Vec<Total> {
    let mut sums = [0_u64; 4];
    for day in days {
        for (sum, count) in sums.iter_mut().zip(steps(day)) {
            *sum = sum.saturating_add(count);
        }
    }
    STEPS.into_iter().zip(sums).map(|(key, value)| Total { label: say(words, key), value }).collect()
}

fn funnel(words: &Translator, days: &[DayFigures]) -> Chart {
    let group = |day: &DayFigures| Group { label: label(day), values: steps(day).into() };
    let texts = texts(words, ["console-funnel", "console-funnel-about", "console-day"]);
    let groups: Vec<_> = days.iter().map(group).collect();
    Chart::new("funnel", texts, STEPS.map(|key| say(words, key)).into(), &groups, |value| value.to_string())
}

fn until_mailed(words: &Translator, days: &[DayFigures]) -> Chart {
    let texts = texts(words, ["console-until-mailed", "console-until-mailed-about", "console-day"]);
    waits(words, "until-mailed", texts, days, |day| day.until_mailed)
}

fn until_confirmed(words: &Translator, days: &[DayFigures]) -> Chart {
    let texts = texts(words, ["console-until-confirmed", "console-until-confirmed-about", "console-day"]);
    waits(words, "until-confirmed", texts, days, |day| day.until_confirmed)
}

fn waits(
    words: &Translator,
    id: &'static str,
    texts: [String; 3],
    days: &[DayFigures],
    of: impl Fn(&DayFigures) -> Option<Waits>,
) -> Chart {
    let milliseconds = |wait: Duration| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    let group = |day: &DayFigures| {
        let values = of(day).map_or_else(|| vec![0, 0], |waits| [waits.median, waits.p95].map(milliseconds).into());
        Group { label: label(day), values }
    };
    let groups: Vec<_> = days.iter().map(group).collect();
    let series = ["console-series-median", "console-series-p95"].map(|key| say(words, key)).into();
    Chart::new(id, texts, series, &groups, |value| duration(words, Duration::from_millis(value)))
}

fn depths(words: &Translator, queues: &[QueueFigures]) -> Chart {
    let group = |queue: &QueueFigures| Group { label: queue.queue.to_string(), values: vec![queue.queued, queue.dead] };
    let groups: Vec<_> = queues.iter().map(group).collect();
    let series = ["console-series-queued", "console-series-dead"].map(|key| say(words, key)).into();
    let texts = texts(words, ["console-queues", "console-queues-about", "console-queue"]);
    Chart::new("queues", texts, series, &groups, |value| value.to_string())
}

fn ages(visit: &Visit, queues: &[QueueFigures]) -> Table {
    let row = |queue: &QueueFigures| {
        let age = queue.oldest.map(|age| duration(visit.words(), age)).unwrap_or_default();
        Row::new(vec![Cell::code(queue.queue.to_string()), Cell::text(age)])
    };
    let rows = queues.iter().map(row).collect();
    Table::new(visit, &["console-queue", "console-oldest"], rows, "console-outbox-none")
}

fn limits(words: &Translator, refused: Vec<(String, u64)>) -> Chart {
    let groups: Vec<_> = refused.into_iter().map(|(label, count)| Group { label, values: vec![count] }).collect();
    let texts = texts(words, ["console-limits", "console-limits-about", "console-limit"]);
    Chart::new("limits", texts, vec![say(words, "console-series-refused")], &groups, |value| value.to_string())
}

fn load(words: &Translator, hashing: &[HashingFigures]) -> Chart {
    let group =
        |of: &HashingFigures| Group { label: of.class.name().to_owned(), values: vec![of.computed, of.refused] };
    let groups: Vec<_> = hashing.iter().map(group).collect();
    let series = ["console-series-computed", "console-series-refused"].map(|key| say(words, key)).into();
    let texts = texts(words, ["console-hashing", "console-hashing-about", "console-class"]);
    Chart::new("hashing", texts, series, &groups, |value| value.to_string())
}

fn hashing_waits(visit: &Visit, hashing: &[HashingFigures]) -> Table {
    let wait = |wait: Option<Duration>| wait.map(|wait| duration(visit.words(), wait)).unwrap_or_default();
    let row = |of: &HashingFigures| {
        Row::new(vec![Cell::code(of.class.name()), Cell::text(wait(of.mean_wait)), Cell::text(wait(of.p95_wait))])
    };
    let columns = ["console-class", "console-mean-wait", "console-p95-wait"];
    Table::new(visit, &columns, hashing.iter().map(row).collect(), "console-outbox-none")
}

/// A short or long time, in whole numbers of a unit that fits.
fn duration(words: &Translator, time: Duration) -> String {
    let (key, count) = match time.as_secs() {
        0..10 => ("console-milliseconds", u64::try_from(time.as_millis()).unwrap_or(u64::MAX)),
        10..600 => ("console-seconds", time.as_secs()),
        600..36_000 => ("console-minutes", time.as_secs() / 60),
        _ => ("console-hours", time.as_secs() / 3_600),
    };
    words.text(key, &account_core::translation::Arguments::none().with("count", count))
}
