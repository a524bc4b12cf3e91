//! Lists of keys: page by page, by hand, and from whichever cursor on.

use workers_kv::{BulkWrite, Key, Page};

use crate::support::stage::Stage;
use crate::support::{Run as _, Walk as _, both};

fn names(keys: &[Key]) -> Vec<&str> {
    keys.iter().map(|key| key.name.as_str()).collect()
}

/// The names `a00` to `a24`; the tests write those from `b00` on as well.
fn expected() -> Vec<String> {
    (0..25).map(|n| format!("a{n:02}")).collect()
}

fn pairs() -> impl Iterator<Item = BulkWrite> {
    let both = ["a", "b"].into_iter();
    both.flat_map(|start| (0..25).map(move |n| BulkWrite::new(format!("{start}{n:02}"), "")))
}

both! {
    fn page_by_page(kv: Stage) {
        kv.keys().bulk_update(pairs()).run().unwrap();
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

        // All of them; and from the second page on.
        assert_eq!(names(&list().walk().unwrap()), expected);
        let rest = list().cursor(first.next_cursor().unwrap()).walk().unwrap();
        assert_eq!(names(&rest), expected[10..]);
    }

    fn of_no_more_than_a_page(kv: Stage) {
        assert_eq!(kv.keys().list().run().unwrap().result, []);
        assert_eq!(kv.keys().list().walk().unwrap(), []);
        kv.keys().bulk_update(pairs()).run().unwrap();
        assert_eq!(kv.keys().list().walk().unwrap().len(), 50);
        assert!(!kv.keys().list().run().unwrap().has_next_page());
        assert_eq!(names(&kv.keys().list().prefix("b24").walk().unwrap()), ["b24"]);
        assert_eq!(kv.keys().list().prefix("c").walk().unwrap(), []);
    }

    fn whose_pages_end_with_the_list(kv: Stage) {
        kv.keys().bulk_update(pairs().take(20)).run().unwrap();
        assert_eq!(kv.keys().list().limit(10).walk().unwrap().len(), 20);
        assert_eq!(kv.keys().list().limit(20).walk().unwrap().len(), 20);
    }
}
