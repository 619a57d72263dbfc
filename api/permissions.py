"""The permission table: every operation has one line, or the app does not start (a house test names the missing ones)."""

from api.core.auth import Permission, Scope

_public = Permission(kind="public")
_sign_up = Permission(kind="public", entry="sign_up")
_personal = Permission(kind="personal")
_member = Permission("viewer")


def _viewer(scope: Scope) -> Permission:
    return Permission("viewer", scope)


def _production(scope: Scope) -> Permission:
    return Permission("production", scope)


def _manager(scope: Scope) -> Permission:
    return Permission("manager", scope)


# An operation without a scope is for people only.
def _owner(scope: Scope | None = None) -> Permission:
    return Permission("owner", scope)


PERMISSIONS: dict[str, Permission] = {
    # identity
    "sign_up": _sign_up,
    "sign_in": _public,
    "sign_out": _personal,
    "get_me": _personal,
    "list_workspaces": _personal,
    "change_me": _personal,
    "change_password": _personal,
    "list_sessions": _personal,
    "revoke_session": _personal,
    "revoke_other_sessions": _personal,
    "create_workspace": _personal,
    "get_workspace": _viewer("workspace:read"),
    "list_api_keys": _owner(),
    "create_api_key": _owner(),
    "get_api_key": _owner(),
    "rotate_api_key": _owner(),
    "revoke_api_key": _owner(),
    "change_workspace": _owner(),
    "leave_workspace": _member,
    "list_members": _member,
    "get_member": _member,
    "change_member": _owner(),
    "remove_member": _owner(),
    "list_invitations": _owner(),
    "get_invitation": _owner(),
    "create_invitation": _owner(),
    "revoke_invitation": _owner(),
    "look_up_invitation": _public,
    "sign_up_by_invitation": _sign_up,
    "accept_invitation": _personal,
    "request_password_reset": _public,
    "reset_password": _public,
    "create_member_password_reset": _owner(),
    # linking
    "list_connections": _viewer("link:read"),
    "connect_inksoft": _owner("link:write"),
    "connect_printavo": _owner("link:write"),
    "disconnect_inksoft": _owner("link:write"),
    "disconnect_printavo": _owner("link:write"),
    "get_link": _viewer("link:read"),
    "change_link": _manager("link:write"),
    "create_link_attempt": _owner("link:write"),
    "get_link_attempt": _owner("link:write"),
    "confirm_link_attempt": _owner("link:write"),
    "get_disconnection_preview": _owner("link:write"),
    "disconnect_link": _owner("link:write"),
    "reauthenticate_link": _owner("link:write"),
    # stores
    "list_stores": _viewer("stores:read"),
    "add_store": _manager("stores:write"),
    "get_store": _viewer("stores:read"),
    "change_store": _manager("stores:write"),
    "get_sharing": _viewer("stores:read"),
    "change_sharing": _manager("stores:write"),
    "share_stores": _manager("stores:write"),
    # orders
    "list_orders": _viewer("orders:read"),
    "get_order": _viewer("orders:read"),
    "change_order": _production("orders:write"),
    "list_order_timeline": _viewer("orders:read"),
    "list_order_tags": _viewer("orders:read"),
    "tag_orders": _production("orders:write"),
    "list_order_feed": _viewer("orders:read"),
    # storefronts
    "get_storefronts": _viewer("stores:read"),
    "list_inksoft_storefronts": _viewer("stores:read"),
    "get_inksoft_storefront": _viewer("stores:read"),
    "list_merch_storefronts": _viewer("stores:read"),
    "get_merch_storefront": _viewer("stores:read"),
    "list_merch_orders": _viewer("orders:read"),
    # sync
    "list_sync_runs": _viewer("sync:read"),
    "get_sync_run": _viewer("sync:read"),
    "start_sync_run": _production("sync:write"),
    "refresh_orders": _production("sync:write"),
    "list_reconciliations": _viewer("sync:read"),
    "get_reconciliation": _viewer("sync:read"),
    "start_reconciliation": _production("sync:write"),
    # settings
    "get_inksoft_settings": _viewer("settings:read"),
    "change_inksoft_settings": _manager("settings:write"),
    "get_merch_settings": _viewer("settings:read"),
    "change_merch_settings": _manager("settings:write"),
    "list_printavo_statuses": _viewer("settings:read"),
    "list_printavo_contacts": _viewer("settings:read"),
    "create_printavo_contact": _production("settings:write"),
    "list_printavo_types_of_work": _viewer("settings:read"),
    "get_invoice_contact": _viewer("settings:read"),
    "choose_invoice_contact": _production("settings:write"),
    # invoices
    "list_invoices": _viewer("invoices:read"),
    "get_invoice": _viewer("invoices:read"),
    "preview_invoice": _viewer("invoices:read"),
    "create_invoice": _production("invoices:write"),
    "attach_orders": _production("invoices:write"),
    "attach_orders_in_bulk": _production("invoices:write"),
    "retry_invoice_push": _production("invoices:write"),
    # purchasing
    "get_invoice_purchasing": _viewer("invoices:read"),
    "set_purchasing_status": _production("invoices:write"),
    # activity
    "list_operations": _viewer("activity:read"),
    "get_operation": _viewer("activity:read"),
    "list_audit_events": _manager("activity:read"),
    "list_exceptions": _viewer("activity:read"),
    "get_exception": _viewer("activity:read"),
    "retry_exception": _production("activity:write"),
    "resolve_exception": _production("activity:write"),
}
