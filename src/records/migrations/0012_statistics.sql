-- What waits is found through an index of it alone, and whether that index is read as such depends on how many the server believes to be in it.
-- Counted again after a fiftieth of ten million rows, it would believe for hours in a rush that is over, and then read every row that has left
-- since, again and again. Five thousand changes are some seconds of a rush, and counting takes a second. Takes no lock that a turn waits for.
ALTER TABLE inbox SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);
--> statement-breakpoint
ALTER TABLE outbox SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);
