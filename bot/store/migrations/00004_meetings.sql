-- What families need, what childminders offer, and who may be put in touch with
-- whom. Name and number are kept sealed, like addresses.

-- +goose Up
CREATE TABLE profile (
    contact     TEXT PRIMARY KEY,
    side        TEXT NOT NULL,   -- parent, childminder
    name        TEXT NOT NULL,   -- sealed
    phone       TEXT NOT NULL,   -- sealed
    terms       TEXT NOT NULL,   -- days, hours, quarters...: a Participant
    listed      BIGINT NOT NULL,
    cares       BIGINT NOT NULL, -- children now, -1: not said
    cares_since BIGINT NOT NULL,
    since       BIGINT NOT NULL,
    changed     BIGINT NOT NULL,
    until       BIGINT NOT NULL
);
CREATE INDEX profile_listed ON profile (side, until) WHERE listed = 1;

-- A pair is one row. Columns begin with the side whose word or choice they hold.
CREATE TABLE introduction (
    id                TEXT PRIMARY KEY,
    parent            TEXT NOT NULL,
    childminder       TEXT NOT NULL,
    event             TEXT NOT NULL,
    parent_says       TEXT NOT NULL DEFAULT '',
    childminder_says  TEXT NOT NULL DEFAULT '',
    parent_at         TEXT NOT NULL DEFAULT '', -- the day whose choice the yes is
    childminder_at    TEXT NOT NULL DEFAULT '',
    made              BIGINT NOT NULL,
    exchanged         BIGINT NOT NULL DEFAULT 0,
    parent_given      TEXT NOT NULL DEFAULT '', -- name and number that the other side was told, sealed
    childminder_given TEXT NOT NULL DEFAULT '',
    visit             TEXT NOT NULL DEFAULT '',
    contract          TEXT NOT NULL DEFAULT '',
    UNIQUE (parent, childminder)
);
CREATE INDEX introduction_childminder ON introduction (childminder);
CREATE INDEX introduction_event ON introduction (event) WHERE event <> '';
CREATE INDEX introduction_agreed ON introduction (id)
    WHERE exchanged = 0 AND parent_says = 'yes' AND childminder_says = 'yes';

-- +goose Down
DROP TABLE introduction;
DROP TABLE profile;
