//! Lists of keys: automatic paging, paging by hand, and a given cursor.

use workers_kv::{BulkWrite, Key, Page};

use crate::support::test_namespace::TestNamespace;
use crate::support::{Run as _, Walk as _, both};

fn names(keys: &[Key]) -> Vec<&str> {
    keys.iter().map(|key| key.name.as_str()).collect()
}

/// Writes the keys `a00` to `a24`. The tests write the keys from `b00`.
fn expected() -> Vec<String> {
    (0..25).map(|n| format!("a{n:02}")).collect()
}

fn pairs() -> impl Iterator<Item = BulkWrite> {
    let both = ["a", "b"].into_iter();
    both.flat_map(|start| (0..25).map(move |n| BulkWrite::new(format!("{start}{n:02}"), "")))
}

both! {
    fn pages_follow_each_other_by_cursor(kv: TestNamespace) {
        kv.keys().bulk_update(pairs()).run().unwrap().complete().unwrap();
        let list = || kv.keys().list().limit(10).prefix("a");
        let expected = expected();

        let first: Page<Key> = list().run().unwrap();
        assert_eq!(names(&first.result), expected[..10]);
        assert!(first.has_next_page());
        assert_eq!(first.result_info.as_ref().unwrap().count, Some(10));
        let second = list().cursor(first.next_cursor().unwrap()).run().unwrap();
        assert_eq!(names(&second.result), expected[10..20]);
        let third = list().cursor(second.next_cursor().unwrap()).run().unwrap();
        assert_eq!(names(&third.result), expected[20..]);
        assert!(!third.has_next_page());
        assert_eq!(third.next_cursor(), None);

        // All keys, and all keys from the second page.
        assert_eq!(names(&list().walk().unwrap()), expected);
        let rest = list().cursor(first.next_cursor().unwrap()).walk().unwrap();
        assert_eq!(names(&rest), expected[10..]);
    }

    fn short_lists_have_one_page(kv: TestNamespace) {
        assert_eq!(kv.keys().list().run().unwrap().result, []);
        assert_eq!(kv.keys().list().walk().unwrap(), []);
        kv.keys().bulk_update(pairs()).run().unwrap().complete().unwrap();
        assert_eq!(kv.keys().list().walk().unwrap().len(), 50);
        assert!(!kv.keys().list().run().unwrap().has_next_page());
        assert_eq!(names(&kv.keys().list().prefix("b24").walk().unwrap()), ["b24"]);
        assert_eq!(kv.keys().list().prefix("c").walk().unwrap(), []);
    }

    fn full_last_pages_end_the_list(kv: TestNamespace) {
        kv.keys().bulk_update(pairs().take(20)).run().unwrap().complete().unwrap();
        assert_eq!(kv.keys().list().limit(10).walk().unwrap().len(), 20);
        assert_eq!(kv.keys().list().limit(20).walk().unwrap().len(), 20);
    }
}
