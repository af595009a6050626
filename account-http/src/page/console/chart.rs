//! Charts: groups of bars, drawn on the server. Beside each stands a table with the same figures.

use serde::Serialize;

/// The size of a chart, in its own units.
const WIDTH: u64 = 640;
const HEIGHT: u64 = 220;
/// The room for the labels of the axes: below, and beside each line for its longest label, on a phone too.
const PER_LETTER: u64 = 11;
const BOTTOM: u64 = 24;
const TOP: u64 = 10;
/// Labels below the bars are left out where they would overlap.
const MAX_LABELS: usize = 10;

/// A chart, as its template draws it.
#[derive(Serialize)]
pub(super) struct Chart {
    id: &'static str,
    title: String,
    /// What it shows, for those who do not see it.
    about: String,
    /// The names of the bars of a group.
    series: Vec<String>,
    width: u64,
    height: u64,
    left: u64,
    lines: Vec<Line>,
    bars: Vec<Bar>,
    labels: Vec<Label>,
    /// The figures: the head of the table, then its rows.
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A line across the chart.
#[derive(Serialize)]
struct Line {
    y: u64,
    text: String,
}

#[derive(Serialize)]
struct Bar {
    x: u64,
    y: u64,
    width: u64,
    height: u64,
    series: usize,
    /// What the browser shows for it.
    text: String,
}

/// A label below a group.
#[derive(Serialize)]
struct Label {
    x: u64,
    y: u64,
    text: String,
}

/// A group of bars: what it is called, and its values.
pub(super) struct Group {
    pub(super) label: String,
    pub(super) values: Vec<u64>,
}

impl Chart {
    /// Draws groups. `unit` writes a value as people read it; `first` is the name of the column with the groups.
    pub(super) fn new(
        id: &'static str,
        [title, about, first]: [String; 3],
        series: Vec<String>,
        groups: &[Group],
        unit: impl Fn(u64) -> String,
    ) -> Self {
        let highest = groups.iter().flat_map(|group| &group.values).copied().max().unwrap_or(0);
        let top = ceiling(highest);
        let y_of = |value: u64| {
            let height = u128::from(HEIGHT - BOTTOM - TOP) * u128::from(value) / u128::from(top);
            HEIGHT - BOTTOM - u64::try_from(height).unwrap_or(0)
        };
        let columns = [first].into_iter().chain(series.iter().cloned()).collect();
        let row = |group: &Group| {
            [group.label.clone()].into_iter().chain(group.values.iter().map(|value| unit(*value))).collect()
        };
        let lines: Vec<_> = {
            let mut marks = vec![0, top / 2, top];
            marks.dedup();
            // Nothing is nothing in every unit.
            let text = |value: u64| if value == 0 { "0".to_owned() } else { unit(value) };
            marks.into_iter().map(|value| Line { y: y_of(value), text: text(value) }).collect()
        };
        let letters = lines.iter().map(|line| line.text.chars().count() as u64).max().unwrap_or(0);
        let left = (PER_LETTER * letters + 8).min(WIDTH / 3);
        let every = groups.len().div_ceil(MAX_LABELS).max(1);
        let step = (WIDTH - left) / (groups.len() as u64).max(1);
        let place = |index: usize| left + step * index as u64;
        let label = |(index, group): (usize, &Group)| Label {
            x: place(index) + step / 2,
            y: HEIGHT - 7,
            text: group.label.clone(),
        };
        let bars = groups.iter().enumerate().flat_map(|(index, group)| {
            // A fifth of a group is the space to the next one.
            let width = (step * 4 / 5 / (group.values.len() as u64).max(1)).clamp(1, 48);
            let start = place(index) + (step - (width * group.values.len() as u64).min(step)) / 2;
            group.values.iter().enumerate().map(move |(number, value)| (group, number, *value, start, width))
        });
        let bar = |(group, number, value, start, width): (&Group, usize, u64, u64, u64)| Bar {
            x: start + width * number as u64,
            y: y_of(value),
            width: width.max(2) - 1,
            height: HEIGHT - BOTTOM - y_of(value),
            series: number,
            text: format!("{}, {}: {}", group.label, series.get(number).map_or("", String::as_str), unit(value)),
        };
        Self {
            id,
            title,
            about,
            width: WIDTH,
            height: HEIGHT,
            left,
            lines,
            bars: bars.map(bar).collect(),
            labels: groups.iter().enumerate().step_by(every).map(label).collect(),
            columns,
            rows: groups.iter().map(row).collect(),
            series,
        }
    }
}

/// A round number that is not below the value: 1, 2 or 5 and zeros; at least 2, so that its half is a number too.
fn ceiling(value: u64) -> u64 {
    let powers = std::iter::successors(Some(1_u64), |power| power.checked_mul(10));
    let rounds = powers.flat_map(|power| [1, 2, 5].into_iter().filter_map(move |factor| power.checked_mul(factor)));
    rounds.into_iter().find(|round| *round >= value.max(2)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(groups: &[Group]) -> Chart {
        let texts = ["Title", "About", "Day"].map(str::to_owned);
        Chart::new("x", texts, vec!["A".to_owned(), "B".to_owned()], groups, |value| value.to_string())
    }

    #[test]
    fn bars_lie_within_the_chart_and_reach_as_high_as_their_values() {
        for count in [1, 7, 31] {
            let group = |number: u64| Group { label: number.to_string(), values: vec![number, 0] };
            let chart = chart(&(1..=count).map(group).collect::<Vec<_>>());
            for bar in &chart.bars {
                assert!(bar.x >= chart.left && bar.x + bar.width <= WIDTH, "{count}: {} {}", bar.x, bar.width);
                assert!(bar.y >= TOP && bar.y + bar.height == HEIGHT - BOTTOM, "{count}: {} {}", bar.y, bar.height);
                assert_eq!(bar.height == 0, bar.series == 1, "{count}");
            }
            assert!(chart.labels.len() <= MAX_LABELS);
            assert_eq!(chart.rows.len() as u64, count);
        }
    }

    #[test]
    fn there_is_room_for_the_longest_label_of_a_line() {
        let group = |number: u64| Group { label: String::new(), values: vec![number] };
        let [short, long] = [4, 4_000_000].map(|number| chart(&[group(number)]));
        let room = |chart: &Chart| chart.lines.iter().all(|line| line.text.len() as u64 * PER_LETTER < chart.left);
        assert!(room(&short) && room(&long) && short.left < long.left, "{} {}", short.left, long.left);
    }

    #[test]
    fn charts_without_figures_are_empty() {
        assert_eq!(chart(&[]).bars.len(), 0);
        let nothing = chart(&[Group { label: "x".to_owned(), values: vec![0, 0] }]);
        assert!(nothing.bars.iter().all(|bar| bar.height == 0));
    }

    #[test]
    fn axes_end_at_round_numbers() {
        for (value, top) in [(0, 2), (1, 2), (2, 2), (3, 5), (6, 10), (11, 20), (501, 1_000), (u64::MAX, u64::MAX)] {
            assert_eq!(ceiling(value), top, "{value}");
        }
    }
}
