"""The organisers' side of registrations: seats and people of an edition, and what changing them does to whom."""
