"""Reading calendars: `rows` what they are made of, `files` whole ones."""
