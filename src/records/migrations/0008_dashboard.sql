CREATE TABLE "article_drafts" (
	"office" text NOT NULL,
	"article_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "article_drafts_office_article_id_pk" PRIMARY KEY("office","article_id")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"office" text PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"base_number" bigint NOT NULL,
	"base_hash" "bytea" NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"office" text NOT NULL,
	"number" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" uuid,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" "bytea",
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_log_office_number_pk" PRIMARY KEY("office","number")
);
--> statement-breakpoint
CREATE TABLE "open311_requests" (
	"ticket_id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"asked_hash" "bytea" NOT NULL,
	"service" text NOT NULL,
	"filed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prepared_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"title" text NOT NULL,
	"words" text NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"staff_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	CONSTRAINT "saved_views_staff_id_name_pk" PRIMARY KEY("staff_id","name")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"secret" "bytea" NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "second_persons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"what" text NOT NULL,
	"subject" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"reason" "bytea" NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"agreed_by" uuid,
	"agreed_at" timestamp with time zone,
	"refused_at" timestamp with time zone,
	CONSTRAINT "second_persons_another" CHECK ("second_persons"."agreed_by" is distinct from "second_persons"."asked_by")
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_duties" (
	"staff_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"granted_by" uuid,
	"granted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "staff_duties_staff_id_duty_pk" PRIMARY KEY("staff_id","duty"),
	CONSTRAINT "staff_duties_by_another" CHECK ("staff_duties"."granted_by" is distinct from "staff_duties"."staff_id")
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"begun_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"proved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ticket_figures" (
	"office" text NOT NULL,
	"day" date NOT NULL,
	"desk" text NOT NULL,
	"kind" text NOT NULL,
	"class" text NOT NULL,
	"received" integer NOT NULL,
	"in_time" integer NOT NULL,
	"late" integer NOT NULL,
	"reopened" integer NOT NULL,
	"ended" integer NOT NULL,
	"hours" integer[] NOT NULL,
	"loads" integer[] NOT NULL,
	CONSTRAINT "ticket_figures_office_day_desk_kind_class_pk" PRIMARY KEY("office","day","desk","kind","class")
);
--> statement-breakpoint
CREATE TABLE "ticket_search" (
	"ticket_id" uuid PRIMARY KEY NOT NULL,
	"words" bigint[] NOT NULL,
	"read_to" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tickets_elsewhere" (
	"ticket_id" uuid NOT NULL,
	"system" text NOT NULL,
	"tracking" text NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tickets_elsewhere_ticket_id_system_pk" PRIMARY KEY("ticket_id","system")
);
--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("office","subject","number");--> statement-breakpoint
CREATE UNIQUE INDEX "open311_requests_once" ON "open311_requests" USING btree ("asked_hash");--> statement-breakpoint
CREATE INDEX "open311_requests_of" ON "open311_requests" USING btree ("office","key_hash","filed_at");--> statement-breakpoint
CREATE INDEX "prepared_replies_of" ON "prepared_replies" USING btree ("office","title");--> statement-breakpoint
CREATE INDEX "second_persons_open" ON "second_persons" USING btree ("office","asked_at");--> statement-breakpoint
CREATE INDEX "second_persons_subject" ON "second_persons" USING btree ("subject","asked_by");--> statement-breakpoint
CREATE INDEX "sign_in_links_of" ON "sign_in_links" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_of" ON "staff_sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "ticket_search_in" ON "ticket_search" USING gin ("words");