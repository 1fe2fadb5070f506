-- One archive. Ids of stories are made of their day and a hash of their name, so that the same stories give the same archive in
-- whatever order they come, and so that a range of days is a range of ids in every table and index.

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  item TEXT,
  hash TEXT NOT NULL,
  intake TEXT NOT NULL,
  extractor INTEGER NOT NULL,
  date TEXT,
  outlet TEXT,
  kind TEXT NOT NULL,
  thread TEXT,
  version TEXT,
  headline TEXT,
  format TEXT NOT NULL,
  is_file INTEGER NOT NULL,
  words INTEGER NOT NULL
);
CREATE INDEX document_path ON document (path) WHERE item IS NOT NULL;
CREATE INDEX document_thread ON document (thread) WHERE thread IS NOT NULL;

-- What every lookup needs of a story, narrow enough to stay in memory.
CREATE TABLE standing (
  document INTEGER PRIMARY KEY,
  -- The least id among its copies: copies count once.
  copies INTEGER NOT NULL,
  -- A later version of the same story is in the archive.
  superseded INTEGER NOT NULL,
  kind TEXT NOT NULL
);
CREATE INDEX standing_copies ON standing (copies);

-- Text, terms, and the keys of the rows in person, entity and figure, packed (pack.rs).
CREATE TABLE story (document INTEGER PRIMARY KEY, body BLOB NOT NULL);

CREATE TABLE signature (document INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE band (key INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) WITHOUT ROWID;

CREATE TABLE person (
  key TEXT NOT NULL,
  document INTEGER NOT NULL,
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  surname TEXT NOT NULL,
  given TEXT,
  mentions INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (key, document, n)
) WITHOUT ROWID;

CREATE TABLE title (
  key TEXT NOT NULL,
  document INTEGER NOT NULL,
  person INTEGER NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- Inside quotation marks.
  spoken INTEGER NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  office TEXT NOT NULL,
  holders TEXT,
  portfolio TEXT NOT NULL,
  jurisdiction TEXT,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (key, document, person, n)
) WITHOUT ROWID;

-- Every surname with the number of stories that have it, and its forms with one letter left out.
CREATE TABLE surname (key TEXT PRIMARY KEY, stories INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE near (form TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (form, key)) WITHOUT ROWID;

CREATE TABLE entity (
  key TEXT NOT NULL,
  document INTEGER NOT NULL,
  kind TEXT NOT NULL,
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (key, document, kind, n)
) WITHOUT ROWID;

CREATE TABLE figure (
  key TEXT NOT NULL,
  document INTEGER NOT NULL,
  n INTEGER NOT NULL,
  value REAL NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (key, document, n)
) WITHOUT ROWID;

-- Ids are the story's, times 4096, plus the quotation's number.
CREATE TABLE quote (
  id INTEGER PRIMARY KEY,
  speaker TEXT,
  speaker_key TEXT,
  status TEXT NOT NULL,
  tier TEXT,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  -- The keys of its runs of four words, eight bytes each, the highest first.
  shingles BLOB NOT NULL
);

-- Every term with the number of stories that have it: which of a draft's terms are rare is known before they are looked for.
CREATE TABLE term (word TEXT PRIMARY KEY, stories INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE term_index USING fts5(
  terms, content='', detail='none', columnsize=0, tokenize="unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE shingle_index USING fts5(shingles, content='', detail='none', columnsize=0, tokenize="ascii");
-- What is removed is overwritten, in the indexes too.
INSERT INTO term_index (term_index, rank) VALUES ('secure-delete', 1);
INSERT INTO shingle_index (shingle_index, rank) VALUES ('secure-delete', 1);

-- What `corpus add` was given, for `corpus update`.
CREATE TABLE root (path TEXT PRIMARY KEY, date TEXT, outlet TEXT, kind TEXT) WITHOUT ROWID;
