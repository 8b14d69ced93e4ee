use super::super::{Approval, Link};
use crate::protocol::CipherSuite;
use crate::reason::recovery as reason;

fn approval(epoch_authenticator: Option<&[u8]>) -> Approval {
    Approval { group_id: b"group".to_vec(), after: 3, epoch_authenticator: epoch_authenticator.map(<[u8]>::to_vec) }
}

#[test]
fn an_approval_is_of_one_group_after_one_epoch() {
    let approval = approval(None);
    assert_eq!(approval.permits(b"group", 4, b"any"), Ok(()));
    assert_eq!(approval.permits(b"group", u64::MAX, b"any"), Ok(()));
    assert_eq!(approval.permits(b"group", 3, b"any"), Err(reason::NOT_AFTER_THE_FORK));
    assert_eq!(approval.permits(b"group", 0, b"any"), Err(reason::NOT_AFTER_THE_FORK));
    assert_eq!(approval.permits(b"groups", 4, b"any"), Err(reason::NOT_THE_APPROVED_GROUP));
}

#[test]
fn an_authenticator_that_was_told_must_be_that_of_the_place() {
    let approval = approval(Some(b"told"));
    assert_eq!(approval.permits(b"group", 4, b"told"), Ok(()));
    assert_eq!(approval.permits(b"group", 4, b"tol"), Err(reason::NOT_THE_APPROVED_EPOCH));
    assert_eq!(approval.permits(b"group", 4, b""), Err(reason::NOT_THE_APPROVED_EPOCH));
}

#[test]
fn a_successor_has_the_id_that_its_link_and_number_give() {
    let (one, other) = (Link::new(&[1; 32]).unwrap(), Link::new(&[2; 32]).unwrap());
    assert_eq!(Link::new(&[1; 31]), None);
    let id = |link: &Link, number| link.successor(CipherSuite::X25519, number).unwrap();
    assert_eq!(id(&one, 0), id(&one.clone(), 0));
    assert_ne!(id(&one, 0), id(&one, 1));
    assert_ne!(id(&one, 0), id(&other, 0));
    assert_eq!(id(&one, 0).len(), 32);
    assert_eq!(one.successor(CipherSuite(0), 0), None);
    assert_eq!(format!("{one:?}"), "Link(..)", "a secret is not shown");
}
