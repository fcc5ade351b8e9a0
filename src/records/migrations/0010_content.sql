CREATE TABLE "listing_drafts" (
	"office" text NOT NULL,
	"kind" text NOT NULL,
	"listing_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "listing_drafts_office_kind_listing_id_pk" PRIMARY KEY("office","kind","listing_id")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "uploads_old" ON "uploads" USING btree ("uploaded_at");