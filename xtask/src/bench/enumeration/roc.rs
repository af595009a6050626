//! The area under the receiver operating characteristic, by ranks (Mann and Whitney).

/// The chance that a value of `others` is greater than one of `these`, ties counting half; 0.5 when either has none.
pub(super) fn area(these: &[f64], others: &[f64]) -> f64 {
    let mut all: Vec<_> = these.iter().map(|value| (*value, false)).collect();
    all.extend(others.iter().map(|value| (*value, true)));
    all.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let (mut below, mut wins) = (0.0, 0.0);
    for tied in all.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let greater = tied.iter().fold(0.0, |count, (_, is_other)| count + f64::from(u8::from(*is_other)));
        let lesser = tied.iter().fold(0.0, |count, (_, is_other)| count + f64::from(u8::from(!is_other)));
        wins += greater * (below + lesser / 2.0);
        below += lesser;
    }
    let greater = others.iter().fold(0.0, |count, _| count + 1.0);
    if below * greater > 0.0 { wins / (below * greater) } else { 0.5 }
}

#[cfg(test)]
mod tests {
    use super::area;

    #[test]
    fn the_area_is_the_chance_of_being_greater() {
        for (these, others, expected) in [
            (&[1.0, 2.0][..], &[3.0, 4.0][..], 1.0),
            (&[3.0, 4.0], &[1.0, 2.0], 0.0),
            (&[1.0, 2.0], &[1.0, 2.0], 0.5),
            (&[1.0, 3.0], &[2.0], 0.5),
            (&[1.0, 1.0], &[1.0, 2.0], 0.75),
            (&[], &[1.0], 0.5),
        ] {
            assert!((area(these, others) - expected).abs() < f64::EPSILON, "{these:?} {others:?}");
        }
    }
}
