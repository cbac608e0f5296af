-- Only BIGINT and TEXT, keys made by the application: the same text serves
-- SQLite and PostgreSQL. Times are milliseconds since 1970, yes and no 1 and 0,
-- "" stands for nothing.

-- +goose Up
CREATE TABLE contact (
    id       TEXT PRIMARY KEY,
    lang     TEXT NOT NULL DEFAULT '',
    audience TEXT NOT NULL DEFAULT '',
    version  BIGINT NOT NULL DEFAULT 0, -- number of turns
    tag      BIGINT NOT NULL,           -- drawn by the last turn
    session  TEXT NOT NULL DEFAULT '',
    notes    TEXT NOT NULL DEFAULT '',
    since    BIGINT NOT NULL,
    last     BIGINT NOT NULL DEFAULT 0, -- last key given to a line or an outgoing
    lines    BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE address (
    channel TEXT NOT NULL,
    lookup  TEXT NOT NULL, -- what it is found by
    sealed  TEXT NOT NULL, -- what it is written to
    via     TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL,
    stopped BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, lookup)
);
CREATE INDEX address_contact ON address (contact);

CREATE TABLE inbox (
    contact  TEXT NOT NULL,
    id       BIGINT NOT NULL,
    channel  TEXT NOT NULL,
    provider TEXT NOT NULL,
    kind     TEXT NOT NULL,
    text     TEXT NOT NULL DEFAULT '',
    data     TEXT NOT NULL DEFAULT '',
    lang     TEXT NOT NULL DEFAULT '',
    ref      TEXT NOT NULL DEFAULT '',
    at       BIGINT NOT NULL,
    received BIGINT NOT NULL,
    tries    BIGINT NOT NULL DEFAULT 0,
    done     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (contact, id),
    UNIQUE (channel, provider)
);
CREATE INDEX inbox_undone ON inbox (contact, id) WHERE done = 0;

CREATE TABLE outbox (
    contact TEXT NOT NULL,
    id      BIGINT NOT NULL, -- grows with each outgoing of the contact
    channel TEXT NOT NULL,
    sealed  TEXT NOT NULL,
    via     TEXT NOT NULL,
    origin  TEXT NOT NULL,
    body    TEXT NOT NULL,
    lead    TEXT NOT NULL,
    buttons TEXT NOT NULL,
    lang    TEXT NOT NULL,
    reply   TEXT NOT NULL,
    ref     TEXT NOT NULL,
    state   TEXT NOT NULL,
    tries   BIGINT NOT NULL DEFAULT 0,
    sent    TEXT NOT NULL DEFAULT '',
    why     TEXT NOT NULL DEFAULT '',
    erase   BIGINT NOT NULL DEFAULT 0, -- last word to somebody forgotten: goes once settled
    at      BIGINT NOT NULL,
    PRIMARY KEY (contact, id)
);
CREATE INDEX outbox_sent ON outbox (channel, sent) WHERE sent <> '';

-- One row for each contact with something to send. A sender that holds the lane
-- (token) may send the outgoings up to upto; head is the oldest that waits.
CREATE TABLE lane (
    contact TEXT NOT NULL,
    channel TEXT NOT NULL,
    ready   BIGINT NOT NULL, -- may be claimed from then on
    token   BIGINT NOT NULL,
    head    BIGINT NOT NULL,
    upto    BIGINT NOT NULL,
    PRIMARY KEY (contact, channel)
);
CREATE INDEX lane_ready ON lane (channel, ready);

CREATE TABLE delivery (
    channel TEXT NOT NULL,
    sent    TEXT NOT NULL,
    state   TEXT NOT NULL,
    rank    BIGINT NOT NULL,
    final   BIGINT NOT NULL,
    code    TEXT NOT NULL,
    stop    BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (channel, sent)
);

CREATE TABLE cases (
    id      TEXT PRIMARY KEY,
    contact TEXT NOT NULL,
    team    TEXT NOT NULL,
    state   TEXT NOT NULL,
    urgent  BIGINT NOT NULL,
    topic   TEXT NOT NULL,
    lang    TEXT NOT NULL,
    channel TEXT NOT NULL,
    brief   TEXT NOT NULL,
    agent   TEXT NOT NULL DEFAULT '',
    opened  BIGINT NOT NULL,
    changed BIGINT NOT NULL
);
CREATE UNIQUE INDEX cases_one ON cases (contact) WHERE state <> 'closed';
CREATE INDEX cases_list ON cases (state, urgent, opened);

CREATE TABLE line (
    contact  TEXT NOT NULL,
    seq      BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    speaker  TEXT NOT NULL,
    agent    TEXT NOT NULL,
    lang     TEXT NOT NULL,
    text     TEXT NOT NULL,
    says     TEXT NOT NULL,
    intent   TEXT NOT NULL,
    casefile TEXT NOT NULL,
    masked   BIGINT NOT NULL,
    PRIMARY KEY (contact, seq)
);

CREATE TABLE once (
    form TEXT PRIMARY KEY,
    at   BIGINT NOT NULL
);

-- The CHECK is the last wall: ceiling is the capacity, or the seats that were
-- taken already when staff lowered it.
CREATE TABLE event (
    id       TEXT PRIMARY KEY,
    starts   BIGINT NOT NULL,
    ends     BIGINT NOT NULL,
    data     TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    ceiling  BIGINT NOT NULL,
    taken    BIGINT NOT NULL DEFAULT 0,
    CHECK (taken >= 0 AND taken <= ceiling)
);
CREATE INDEX event_ends ON event (ends);

CREATE TABLE registration (
    contact TEXT NOT NULL,
    event   TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (contact, event)
);

CREATE TABLE dead_letter (
    channel  TEXT NOT NULL,
    provider TEXT NOT NULL,
    raw      TEXT NOT NULL,
    why      TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (channel, provider)
);

CREATE TABLE place (
    name TEXT PRIMARY KEY,
    at   BIGINT NOT NULL
);

CREATE TABLE agent (
    login    TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    teams    TEXT NOT NULL,
    role     TEXT NOT NULL,
    password TEXT NOT NULL,
    active   BIGINT NOT NULL,
    since    BIGINT NOT NULL
);

CREATE TABLE invite (
    login TEXT PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE,
    until BIGINT NOT NULL
);

CREATE TABLE journal (
    id       BIGINT PRIMARY KEY,
    at       BIGINT NOT NULL,
    agent    TEXT NOT NULL,
    did      TEXT NOT NULL,
    casefile TEXT NOT NULL
);

CREATE TABLE desk_session (
    token   TEXT PRIMARY KEY,
    data    TEXT NOT NULL,
    expires BIGINT NOT NULL
);

-- +goose Down
DROP TABLE desk_session;
DROP TABLE journal;
DROP TABLE invite;
DROP TABLE agent;
DROP TABLE place;
DROP TABLE dead_letter;
DROP TABLE registration;
DROP TABLE event;
DROP TABLE once;
DROP TABLE line;
DROP TABLE cases;
DROP TABLE delivery;
DROP TABLE lane;
DROP TABLE outbox;
DROP TABLE inbox;
DROP TABLE address;
DROP TABLE contact;
