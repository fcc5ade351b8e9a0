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
CREATE TABLE "channel_standings" (
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "channel_standings_office_channel_pk" PRIMARY KEY("office","channel")
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"name" text PRIMARY KEY NOT NULL,
	"done_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"took_ms" integer
);
--> statement-breakpoint
CREATE TABLE "step_counts" (
	"office" text NOT NULL,
	"flow" text NOT NULL,
	"step" text NOT NULL,
	"day" date NOT NULL,
	"reached" integer NOT NULL,
	"given_up" integer NOT NULL,
	"finished" integer NOT NULL,
	CONSTRAINT "step_counts_office_flow_day_step_pk" PRIMARY KEY("office","flow","day","step")
);
--> statement-breakpoint
CREATE TABLE "wordings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"flow" text NOT NULL,
	"place" text NOT NULL,
	"language" text NOT NULL,
	"words" text NOT NULL,
	"replaces" text NOT NULL,
	"status" text NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "wordings_by_another" CHECK ("wordings"."status" <> 'agreed' or "wordings"."decided_by" is distinct from "wordings"."written_by"),
	CONSTRAINT "wordings_decided" CHECK ("wordings"."status" = 'waiting' or "wordings"."decided_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "forgotten" (
	"office" text NOT NULL,
	"class" text NOT NULL,
	"month" date NOT NULL,
	"day" date NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "forgotten_day_office_class_month_pk" PRIMARY KEY("day","office","class","month")
);
--> statement-breakpoint
CREATE TABLE "said_counts" (
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"day" date NOT NULL,
	"heard" integer NOT NULL,
	"said" integer NOT NULL,
	CONSTRAINT "said_counts_office_channel_day_pk" PRIMARY KEY("office","channel","day")
);
--> statement-breakpoint
CREATE INDEX "uploads_old" ON "uploads" USING btree ("uploaded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "wordings_waiting" ON "wordings" USING btree ("office","flow","place","language") WHERE "wordings"."status" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "wordings_agreed" ON "wordings" USING btree ("office","flow","place","language") WHERE "wordings"."status" = 'agreed';--> statement-breakpoint
CREATE INDEX "wordings_of" ON "wordings" USING btree ("office","written_at");