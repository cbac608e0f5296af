-- What the store knows of itself: the key that it is sealed with. And the yes and
-- no of families to what the relais sends or passes on by itself, as they came.

-- +goose Up
CREATE TABLE house (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE consent (
    contact TEXT NOT NULL,
    id      BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    what    TEXT NOT NULL, -- messages, news, proposals, introduction
    given   BIGINT NOT NULL,
    how     TEXT NOT NULL, -- the channel that it was said on, or who noted it
    PRIMARY KEY (contact, id)
);

ALTER TABLE cases ADD COLUMN blank BIGINT NOT NULL DEFAULT 0; -- its words are erased

-- +goose Down
ALTER TABLE cases DROP COLUMN blank;
DROP TABLE consent;
DROP TABLE house;
