//! Which emails came of which registrations, and how often.

use std::collections::{BTreeMap, BTreeSet};

use account_tests::smtp_server::ArrivedMail;

/// What a process has sent is read by the mail server a moment after the process was killed, at worst.
const LATE: f64 = 2.0;
/// An email that was handed over longer ago is written down as such: anyone who sends it again then has no excuse.
const UNSETTLED: f64 = 2.0;

/// The emails of a run.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Deliveries {
    /// Addresses that have an email.
    pub(crate) reached: BTreeSet<String>,
    /// Addresses that have emails with different Message-IDs, though each registered once.
    pub(crate) with_two_ids: usize,
    /// Emails beyond the first with a Message-ID.
    pub(crate) duplicates: Vec<Duplicate>,
}

/// An email that came once more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Duplicate {
    /// When the one before came: seconds since 1970.
    pub(crate) before: f64,
    /// When this one came.
    pub(crate) arrived: f64,
}

impl Deliveries {
    /// Sorts the emails that a server has.
    pub(crate) fn of(mails: &[ArrivedMail]) -> Self {
        let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut arrivals: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for mail in mails {
            for to in &mail.to {
                ids.entry(to).or_default().insert(&mail.message_id);
            }
            arrivals.entry(&mail.message_id).or_default().push(mail.arrived);
        }
        let mut duplicates = Vec::new();
        for mut moments in arrivals.into_values() {
            moments.sort_by(f64::total_cmp);
            let again = moments.iter().zip(moments.iter().skip(1));
            duplicates.extend(again.map(|(before, arrived)| Duplicate { before: *before, arrived: *arrived }));
        }
        Self {
            with_two_ids: ids.values().filter(|ids| ids.len() > 1).count(),
            reached: ids.into_keys().map(str::to_owned).collect(),
            duplicates,
        }
    }

    /// How many duplicates each kill has made, by its number; and how many none of them has.
    pub(crate) fn by_kill(&self, kills: &[f64]) -> (BTreeMap<usize, usize>, usize) {
        let mut counts = BTreeMap::new();
        let mut unexplained = 0;
        for duplicate in &self.duplicates {
            match duplicate.made_by(kills) {
                Some(kill) => *counts.entry(kill).or_default() += 1,
                None => unexplained += 1,
            }
        }
        (counts, unexplained)
    }
}

impl Duplicate {
    /// The first kill right after the email had come, and before it came again: that process did not live to write down
    /// that it was handed over.
    fn made_by(self, kills: &[f64]) -> Option<usize> {
        let is_in = |from: f64, until: f64, kill: f64| from <= kill && kill <= until.min(self.arrived);
        let after = kills.iter().position(|kill| is_in(self.before, self.before + UNSETTLED, *kill));
        after.or_else(|| kills.iter().rposition(|kill| is_in(self.before - LATE, self.before, *kill)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use account_tests::smtp_server::ArrivedMail;

    use super::Deliveries;

    fn mail(to: &str, message_id: &str, arrived: f64) -> ArrivedMail {
        let (to, message_id) = (vec![to.to_owned()], message_id.to_owned());
        ArrivedMail { message_id, from: String::new(), to, arrived, size: 1, answer: 250 }
    }

    #[test]
    fn one_mail_each_is_not_a_duplicate() {
        let deliveries = Deliveries::of(&[mail("a", "<1>", 1.0), mail("b", "<2>", 1.0)]);
        assert_eq!(deliveries.reached, BTreeSet::from(["a".to_owned(), "b".to_owned()]));
        assert_eq!((deliveries.duplicates.len(), deliveries.with_two_ids), (0, 0));
    }

    #[test]
    fn two_message_ids_differ_from_one_received_twice() {
        let deliveries = Deliveries::of(&[mail("a", "<1>", 1.0), mail("a", "<2>", 2.0), mail("b", "<3>", 1.0)]);
        assert_eq!((deliveries.duplicates.len(), deliveries.with_two_ids), (0, 1));
        let deliveries = Deliveries::of(&[mail("a", "<1>", 1.0), mail("a", "<1>", 2.0)]);
        assert_eq!((deliveries.duplicates.len(), deliveries.with_two_ids), (1, 0));
    }

    #[test]
    fn duplicates_are_attributed_to_the_kill_between_them() {
        let mails = [mail("a", "<1>", 9.0), mail("b", "<2>", 9.5), mail("a", "<1>", 30.0), mail("b", "<2>", 30.0)];
        let deliveries = Deliveries::of(&mails);
        assert_eq!(deliveries.by_kill(&[5.0, 10.0, 20.0]), (BTreeMap::from([(1, 2)]), 0));
        assert_eq!(deliveries.by_kill(&[5.0, 40.0]), (BTreeMap::new(), 2));
        assert_eq!(deliveries.by_kill(&[15.0]), (BTreeMap::new(), 2), "both were long written down by then");
    }

    #[test]
    fn a_mail_read_after_a_kill_is_attributed_to_it() {
        let deliveries = Deliveries::of(&[mail("a", "<1>", 10.1), mail("a", "<1>", 30.0)]);
        assert_eq!(deliveries.by_kill(&[5.0, 10.0]), (BTreeMap::from([(1, 1)]), 0));
    }

    #[test]
    fn a_mail_received_three_times_is_two_duplicates() {
        let deliveries = Deliveries::of(&[mail("a", "<1>", 1.0), mail("a", "<1>", 5.0), mail("a", "<1>", 9.0)]);
        assert_eq!(deliveries.by_kill(&[2.0, 6.0]), (BTreeMap::from([(0, 1), (1, 1)]), 0));
    }
}
