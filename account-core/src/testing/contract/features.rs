//! Features that were switched.

use std::sync::Arc;

use super::Subject;
use super::fixtures::{MINUTE, NOW, committed, feature, in_parallel, read};
use crate::feature::{FeatureName, StoredFeature};
use crate::ports::store::{UnitOfWork, Update};

const NAME: FeatureName = FeatureName::Newsletter;

async fn stored(unit: &mut dyn UnitOfWork) -> Vec<StoredFeature> {
    let mut features = unit.find_features().await.unwrap();
    features.sort_by_key(|feature| feature.name);
    features
}

/// Every stored feature comes back as it was written; one that was never stored is absent.
pub async fn a_feature_comes_back_as_it_was_written(subject: &Subject) {
    assert_eq!(read(&*subject.store, stored).await, []);
    let value = format!(r#"{{"reason":"Später 🦊","domains":["{}"]}}"#, "a".repeat(5_000));
    let mut written: Vec<_> = FeatureName::ALL.into_iter().map(|name| feature(name, 1, &value)).collect();
    written.pop();
    written[0].updated_by = None;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for feature in &written {
            assert_eq!(unit.put_feature(feature).await.unwrap(), Update::Applied);
        }
    })
    .await;
    assert_eq!(read(&*subject.store, stored).await, written);
}

/// The first version is written once.
pub async fn a_feature_begins_with_version_1_once(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for version in [0, 2, 3] {
            assert_eq!(unit.put_feature(&feature(NAME, version, "a")).await.unwrap(), Update::Missed);
        }
        assert_eq!(stored(unit).await, []);
        assert_eq!(unit.put_feature(&feature(NAME, 1, "a")).await.unwrap(), Update::Applied);
        assert_eq!(unit.put_feature(&feature(NAME, 1, "b")).await.unwrap(), Update::Missed);
        assert_eq!(stored(unit).await, [feature(NAME, 1, "a")]);
    })
    .await;
}

/// A later version replaces exactly the version before it.
pub async fn a_feature_is_replaced_by_the_version_after_it(subject: &Subject) {
    let other = feature(FeatureName::AccountRegistration, 1, "other");
    let second = StoredFeature { updated_at: NOW + MINUTE, updated_by: None, ..feature(NAME, 2, "b") };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for first in [&other, &feature(NAME, 1, "a")] {
            assert_eq!(unit.put_feature(first).await.unwrap(), Update::Applied);
        }
        for version in [0, 1, 3] {
            assert_eq!(unit.put_feature(&feature(NAME, version, "x")).await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.put_feature(&second).await.unwrap(), Update::Applied);
        assert_eq!(unit.put_feature(&second).await.unwrap(), Update::Missed);
    })
    .await;
    assert_eq!(read(&*subject.store, stored).await, [other, second]);
}

/// Of many parallel changes of one version, including the first, one wins; the others get a conflict.
pub async fn one_of_many_parallel_switches_wins(subject: &Subject) {
    for version in 1..=3 {
        let outcomes = in_parallel(20, |number| {
            let store = Arc::clone(&subject.store);
            async move {
                let mut unit = store.begin().await.unwrap();
                let outcome = unit.put_feature(&feature(NAME, version, &number.to_string())).await.unwrap();
                unit.commit().await.unwrap();
                outcome
            }
        });
        let outcomes = outcomes.await;
        assert_eq!(outcomes.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
        assert_eq!(read(&*subject.store, stored).await[0].version, version);
    }
}
