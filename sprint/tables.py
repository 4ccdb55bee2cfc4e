"""Every table of every room: importing this makes the metadata whole (migrations, dumps, the retention test)."""

import sprint.account.tables
import sprint.agenda.tables
import sprint.alerts.tables
import sprint.announcements.tables
import sprint.board.tables
import sprint.catalogue.tables
import sprint.contributions.tables
import sprint.data_version
import sprint.duties
import sprint.jobs
import sprint.journal
import sprint.notices.tables
import sprint.participation.tables
import sprint.people.tables
import sprint.programme.tables
import sprint.proposals.tables
import sprint.registrations.tables
import sprint.sessions
import sprint.talents.tables  # noqa: F401
