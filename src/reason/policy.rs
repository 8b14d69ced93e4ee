//! Reasons of room policy (draft-ietf-mimi-room-policy-03): which rule a change or a message breaks.

use super::table::reasons;

reasons! {
    NOT_A_PARTICIPANT = "not-a-participant", Misbehaviour, "protocol-06:5.3:removed-no-commit", "something of somebody who is not in the participant list";
    WITHOUT_CAPABILITIES = "without-capabilities", Misbehaviour, "protocol-06:5.3:removed-no-commit", "something of somebody whose role has no capability";
    MAY_NOT_SEND = "may-not-send", Misbehaviour, "room-policy-03:8.3:send-message", "an application message of somebody whose role may not send any";
    MAY_NOT_ADD_USER = "may-not-add-user", Misbehaviour, "room-policy-03:8.1.1:add-participant", "a user is added to the participant list by somebody who may not, or not with this role";
    MAY_NOT_ADD_CLIENT = "may-not-add-client", Misbehaviour, "room-policy-03:8.1.1:add-clients", "a client is added by somebody who may not add clients of its user";
    MAY_NOT_JOIN = "may-not-join", Misbehaviour, "room-policy-03:8.1.1:open-join", "somebody comes in by itself who may not, or not with this role";
    CLIENT_OF_THE_BANNED = "client-of-the-banned", Misbehaviour, "room-policy-03:8.1.3:banned-role", "a client comes in whose user is banned";
    CLIENT_OF_NOBODY = "client-of-nobody", Misbehaviour, "protocol-06:5.3:participant-before-member", "a client comes in whose user is not in the participant list by then";
    MAY_NOT_REMOVE_USER = "may-not-remove-user", Misbehaviour, "room-policy-03:8.1.2:remove-participant", "a user is taken off the participant list by somebody who may not";
    MAY_NOT_REMOVE_CLIENT = "may-not-remove-client", Misbehaviour, "room-policy-03:8.1.2:kick", "a client is removed by somebody who may not";
    MAY_NOT_LEAVE = "may-not-leave", Misbehaviour, "room-policy-03:8.1.2:remove-self", "somebody leaves the participant list who may not";
    CLIENTS_REMAIN = "clients-remain", Misbehaviour, "room-policy-03:8.1.2:no-clients-left", "a user is taken off the list, or banned, and clients of it stay in the group";
    MAY_NOT_CHANGE_ROLE = "may-not-change-role", Misbehaviour, "room-policy-03:8.1.3:change-user-role", "the role of another is changed by somebody who may not, or not so";
    MAY_NOT_CHANGE_OWN_ROLE = "may-not-change-own-role", Misbehaviour, "room-policy-03:8.1.3:change-own-role", "somebody takes another role who may not, or not this one";
    MAY_NOT_BAN = "may-not-ban", Misbehaviour, "room-policy-03:8.1.3:ban", "a user is banned by somebody who may not";
    MAY_NOT_UNBAN = "may-not-unban", Misbehaviour, "room-policy-03:8.1.3:unban", "a banned user is given a role by somebody who may not";
    NO_SUCH_ROLE = "no-such-role", Misbehaviour, "room-policy-03:3:one-role", "a role that the room does not have";
    ROLE_ZERO = "role-zero", Misbehaviour, "room-policy-03:3:role-zero", "role 0, which nobody in the list can have";
    ROLE_FULL = "role-full", Misbehaviour, "room-policy-03:3:maximum", "more in a role than it may have";
    ROLE_SHORT = "role-short", Misbehaviour, "room-policy-03:3:minimum", "fewer in a role than it must have";
    USER_TWICE = "user-twice", Misbehaviour, "protocol-06:7.5:user-once-a-commit", "a commit is about one user of the participant list twice";
    LIST_DOES_NOT_APPLY = "list-does-not-apply", Misbehaviour, "protocol-06:7.5:authorized-separately", "a change of the participant list that does not fit the list";
    FIXED_MEMBERSHIP = "fixed-membership", Misbehaviour, "room-policy-03:5:fixed-membership", "users come or go in a room whose membership is fixed";
    ONE_CLIENT_A_USER = "one-client-a-user", Misbehaviour, "room-policy-03:5:multi-device", "a second client of a user, where one is allowed";
    ROOM_FULL = "room-full", Misbehaviour, "room-policy-03:5:limits", "more clients or users than the room may have";
    MAY_NOT_CHANGE_POLICY = "may-not-change-policy", Misbehaviour, "room-policy-03:8.6:change-roles", "the policy of the room is changed by somebody who may not";
    MAY_NOT_CHANGE_METADATA = "may-not-change-metadata", Misbehaviour, "room-policy-03:8.2:fields", "a field of the metadata is changed by somebody who may not";
    MAY_NOT_REINIT = "may-not-reinit", Misbehaviour, "room-policy-03:8.6:reinit", "a ReInit of somebody who may not send one";
    POLICY_WITH_LIST = "policy-with-list", Misbehaviour, "room-policy-03:3:roles-alone", "policy and participant list change in one commit";
    BAD_POLICY = "bad-policy", Misbehaviour, "room-policy-03:3:valid-update", "a policy that contradicts itself, or the room that it is for";
}
