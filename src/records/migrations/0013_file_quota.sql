CREATE TABLE "files_sent" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"address_hash" "bytea",
	"day" date NOT NULL,
	"bytes" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "files_sent_day" ON "files_sent" USING btree ("office","day");