-- Who must be told of what waits for staff, who was, and how each agent wants to
-- be told. Nothing here holds a word of a family.

-- +goose Up
CREATE TABLE wish (
    agent    TEXT PRIMARY KEY,
    lang     TEXT NOT NULL DEFAULT 'fr',
    mail     BIGINT NOT NULL DEFAULT 1,
    telegram BIGINT NOT NULL DEFAULT 1,
    quiet    BIGINT NOT NULL DEFAULT 1,
    chat     TEXT NOT NULL DEFAULT '', -- their own Telegram, sealed
    code     TEXT NOT NULL DEFAULT '', -- hash of the one-time code that links it
    until    BIGINT NOT NULL DEFAULT 0 -- of the code
);
CREATE INDEX wish_code ON wish (code) WHERE code <> '';

CREATE TABLE notice (
    id       TEXT PRIMARY KEY,
    agent    TEXT NOT NULL,
    way      TEXT NOT NULL,
    casefile TEXT NOT NULL,
    kind     TEXT NOT NULL,
    urgent   BIGINT NOT NULL,
    due      BIGINT NOT NULL,
    state    TEXT NOT NULL -- waiting, told
);
CREATE INDEX notice_waiting ON notice (agent, way, due) WHERE state = 'waiting';
CREATE INDEX notice_case ON notice (casefile);

-- One row for each agent and way: one message at a time.
CREATE TABLE digest (
    agent TEXT NOT NULL,
    way   TEXT NOT NULL,
    token BIGINT NOT NULL DEFAULT 0, -- who is sending
    ready BIGINT NOT NULL DEFAULT 0, -- not before
    last  BIGINT NOT NULL DEFAULT 0, -- when a message left
    tries BIGINT NOT NULL DEFAULT 0, -- that failed since
    fails BIGINT NOT NULL DEFAULT 0, -- since when; 0: all is well
    why   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (agent, way)
);

CREATE TABLE escalation (
    casefile TEXT NOT NULL,
    since    BIGINT NOT NULL, -- of the wait
    team     TEXT NOT NULL,
    step     BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (casefile, since, team, step)
);

-- What only one replica does at a time, and which one does.
CREATE TABLE post (
    name  TEXT PRIMARY KEY,
    token BIGINT NOT NULL,
    until BIGINT NOT NULL
);

-- The forum topic of a case in the Telegram group of its team, and what an agent
-- wrote there that waits for a tap.
CREATE TABLE topic (
    casefile TEXT PRIMARY KEY,
    grp      BIGINT NOT NULL,
    thread   BIGINT NOT NULL,
    seen     BIGINT NOT NULL,
    made     BIGINT NOT NULL,
    open     BIGINT NOT NULL,
    at       BIGINT NOT NULL
);

CREATE TABLE draft (
    id       TEXT PRIMARY KEY,
    casefile TEXT NOT NULL,
    agent    TEXT NOT NULL,
    text     TEXT NOT NULL,
    seen     BIGINT NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX draft_case ON draft (casefile);

-- +goose Down
DROP TABLE draft;
DROP TABLE topic;
DROP TABLE post;
DROP TABLE escalation;
DROP TABLE digest;
DROP TABLE notice;
DROP TABLE wish;
