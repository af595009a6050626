//! The text: Prometheus' format 0.0.4, and `OpenMetrics` 1.0 for who asks for it.

/// A text being written. The two formats differ in the name that a counter's comments have, and in the end.
#[derive(Debug)]
pub(super) struct Exposition {
    is_open_metrics: bool,
    text: String,
}

/// A type of metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Counter,
    Gauge,
    Histogram,
}

impl Exposition {
    pub(super) const fn new(is_open_metrics: bool) -> Self {
        Self { is_open_metrics, text: String::new() }
    }

    /// Begins a family. A counter's name is without `_total`.
    pub(super) fn family(&mut self, name: &str, help: &str, kind: Kind) {
        let suffix = if kind == Kind::Counter && !self.is_open_metrics { "_total" } else { "" };
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        self.push(&["# HELP ", name, suffix, " ", help, "\n# TYPE ", name, suffix, " ", kind, "\n"]);
    }

    /// Writes a family of one number that goes up and down.
    pub(super) fn gauge(&mut self, name: &str, help: &str, value: &str) {
        self.family(name, help, Kind::Gauge);
        self.sample(name, &[], value);
    }

    /// Writes a number of the family.
    pub(super) fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: &str) {
        self.push(&[name]);
        let mut before = "{";
        for (label, value) in labels {
            self.push(&[before, label, "=\"", &escaped(value), "\""]);
            before = ",";
        }
        self.push(&[if labels.is_empty() { " " } else { "} " }, value, "\n"]);
    }

    pub(super) fn finish(mut self) -> String {
        if self.is_open_metrics {
            self.push(&["# EOF\n"]);
        }
        self.text
    }

    fn push(&mut self, parts: &[&str]) {
        self.text.extend(parts.iter().copied());
    }
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
