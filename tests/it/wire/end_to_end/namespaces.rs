//! Namespaces: create, get, rename, list and delete, and invalid tokens.

use std::sync::{Mutex, PoisonError};

use workers_kv::{Direction, Order};

use crate::support::test_namespace::{OwnedNamespace, TestNamespace, title};
use crate::support::{Run as _, Walk as _, both, kind};

/// Locked while namespaces are listed page by page, so the other client creates none in between.
static LISTING: Mutex<()> = Mutex::new(());

both! {
    fn namespaces_are_created_renamed_and_deleted(kv: TestNamespace) {
        let namespaces = kv.namespaces();
        let first = title("first \"title\" é 🦀");
        let created = namespaces.create(&first).run().unwrap();
        assert_eq!(created.title, first);
        assert_eq!(namespaces.get(&created.id).run().unwrap(), created);

        let second = title("second");
        let renamed = namespaces.update(&created.id, &second).run().unwrap();
        assert_eq!((renamed.id.as_str(), renamed.title.as_str()), (created.id.as_str(), second.as_str()));
        assert_eq!(namespaces.get(&created.id).run().unwrap().title, second);

        namespaces.delete(&created.id).run().unwrap();
        let gone = namespaces.get(&created.id).run().unwrap_err();
        assert!(gone.is_not_found() && !gone.is_retryable(), "{gone}");
        assert_eq!(gone.code(), Some(10_013));
        assert_eq!(namespaces.get(&created.id).run_optional().unwrap(), None);
        assert_eq!(namespaces.delete(&created.id).run().unwrap_err().code(), Some(10_013));
        assert_eq!(namespaces.delete(&created.id).run_optional().unwrap_err().code(), Some(10_013));

        // The title is available again.
        let again = namespaces.create(&second).run().unwrap();
        assert_ne!(again.id, created.id);
        namespaces.delete(again.id).run().unwrap();
    }

    fn titles_are_unique(kv: TestNamespace) {
        let namespaces = kv.namespaces();
        let taken = namespaces.get(kv.id()).run().unwrap().title;
        let refused = namespaces.create(&taken).run().unwrap_err();
        assert_eq!(refused.status().map(|status| status.as_u16()), Some(400), "{refused}");
        assert_eq!(refused.code(), Some(10_014));
        // A rename to the current title succeeds.
        assert_eq!(namespaces.update(kv.id(), &taken).run().unwrap().title, taken);
    }

    fn lists_are_sorted_and_paged(kv: TestNamespace) {
        let _alone = LISTING.lock().unwrap_or_else(PoisonError::into_inner);
        let namespaces = kv.namespaces();
        // These titles sort first, so other namespaces do not move them.
        let [c, a, b] = ["! c", "! a", "! b"].map(|start| namespaces.create(title(start)).run().unwrap());
        let _until_the_end = [&c, &a, &b].map(|namespace| OwnedNamespace(namespace.id.clone()));
        let list = || namespaces.list().order(Order::Title).direction(Direction::Asc).per_page(2);

        let first = list().run().unwrap();
        assert_eq!(first.result, [a.clone(), b.clone()]);
        assert!(first.has_next_page());
        let info = first.result_info.clone().unwrap();
        assert_eq!((info.page, info.per_page, info.count), (Some(1), Some(2), Some(2)));
        assert!(info.total_count.is_some_and(|total| total >= 4));
        assert_eq!(first.next_page(), Some(2));
        assert_eq!(list().page(2).run().unwrap().result[0], c);

        // From the first page and from the second page.
        assert_eq!(list().walk().unwrap()[..3], [a.clone(), b.clone(), c.clone()]);
        assert_eq!(list().page(2).walk().unwrap()[0], c);

        // In descending order they are last.
        let all = list().direction(Direction::Desc).per_page(1_000).walk().unwrap();
        let ours = [&a, &b, &c];
        let ours: Vec<_> = all.iter().filter(|namespace| ours.contains(namespace)).collect();
        assert_eq!(ours, [&c, &b, &a]);
        let mut ids: Vec<_> = namespaces.list().order(Order::Id).walk().unwrap();
        ids.retain(|namespace| [&a, &b, &c].contains(&namespace));
        assert!(ids.is_sorted_by(|one, other| one.id < other.id) && ids.len() == 3, "{ids:?}");
    }

    fn invalid_tokens_are_rejected(kv: TestNamespace) {
        let client = kv.client_with_token("not-the-token-of-this-server");
        let refused = client.values(kv.account(), kv.id()).get("key").run_optional().unwrap_err();
        assert_eq!(kind(&refused), "Api");
        assert!(refused.status().is_some_and(|status| status.is_client_error()), "{refused}");
        assert!(!refused.is_not_found() && !refused.is_retryable(), "{refused}");
        assert!(!format!("{refused} {refused:?}").contains("not-the-token"));
    }
}
