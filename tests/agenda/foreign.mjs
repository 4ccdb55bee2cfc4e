// What two programs that share nothing with ours read in calendars: files as arguments, one JSON object on standard output.
// ical.js is told each zone by the file alone; node-ical knows IANA zones by itself.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";

const moment = (time) => (time === null ? null : time.isDate ? time.toString() : time.toJSDate().toISOString());

function withIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const ends = component.getFirstPropertyValue("dtend");
    return {
      uid: event.uid,
      title: event.summary,
      starts: moment(event.startDate),
      ends: moment(ends),
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence,
      place: event.location,
      method: calendar.getFirstPropertyValue("method"),
    };
  });
}

const day = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

function withNodeIcal(text) {
  const shown = (date, whole) => (date === undefined ? null : whole ? day(date) : date.toISOString());
  return Object.values(ical.sync.parseICS(text))
    .filter((part) => part.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      title: event.summary,
      starts: shown(event.start, event.datetype === "date"),
      ends: shown(event.end, event.datetype === "date"),
      status: event.status,
      sequence: Number(event.sequence),
      place: event.location ?? null,
      method: event.method ?? null,
    }));
}

const files = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
console.log(JSON.stringify({ "ical.js": files.map(withIcalJs), "node-ical": files.map(withNodeIcal) }));
