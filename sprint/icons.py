"""The icons pages use, by the design system's names; a name it does not know stops the set-up."""

ICONS = (
    "account-circle-line",
    "add-line",
    "arrow-down-s-line",
    "arrow-right-line",
    "arrow-up-s-line",
    "calendar-line",
    "chat-3-line",
    "check-line",
    "group-line",
    "map-pin-2-line",
    "search-line",
    "theme-fill",
    "time-line",
    "translate-2",
    "user-line",
)
