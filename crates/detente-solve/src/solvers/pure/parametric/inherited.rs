//! What is known of a box, and so of every part of it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Facts about a box: its own, and those of the boxes that it is a part of, which are kept once for
/// all their parts.
#[derive(Debug, Clone)]
pub(crate) struct Inherited<K, V> {
    own: HashMap<K, V>,
    before: Option<Arc<Inherited<K, V>>>,
}

impl<K, V> Default for Inherited<K, V> {
    fn default() -> Self {
        Self { own: HashMap::new(), before: None }
    }
}

impl<K: Eq + Hash, V> Inherited<K, V> {
    /// What is known of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let mut place = Some(self);
        while let Some(here) = place {
            if let Some(known) = here.own.get(key) {
                return Some(known);
            }
            place = here.before.as_deref();
        }
        None
    }

    /// Notes a fact.
    pub fn insert(&mut self, key: K, value: V) {
        self.own.insert(key, value);
    }

    /// For two parts of the box.
    pub fn parted(self) -> [Self; 2] {
        let before = if self.own.is_empty() { self.before } else { Some(Arc::new(self)) };
        [0, 1].map(|_| Self { own: HashMap::new(), before: before.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_know_what_the_whole_knows_and_nothing_of_each_other() {
        let mut whole = Inherited::default();
        whole.insert(1, 'a');
        let [mut left, right] = whole.parted();
        left.insert(2, 'b');
        assert_eq!((left.get(&1), left.get(&2)), (Some(&'a'), Some(&'b')));
        assert_eq!((right.get(&1), right.get(&2)), (Some(&'a'), None));
        let [inner, _] = left.parted();
        assert_eq!((inner.get(&1), inner.get(&2), inner.get(&3)), (Some(&'a'), Some(&'b'), None));
    }
}
