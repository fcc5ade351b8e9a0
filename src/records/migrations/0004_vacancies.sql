CREATE TABLE "agenda_items" (
	"office" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"as_of" date NOT NULL,
	"link" text,
	"approved_by" text,
	"withdrawn" text,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"about" text,
	"venue" text NOT NULL,
	"district" text,
	"latitude" double precision,
	"longitude" double precision,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"zone" text NOT NULL,
	"bring" text[] NOT NULL,
	"places" integer,
	"register_until" timestamp with time zone,
	"form" jsonb,
	CONSTRAINT "agenda_items_office_id_pk" PRIMARY KEY("office","id"),
	CONSTRAINT "agenda_items_in_order" CHECK ("agenda_items"."starts_at" < "agenda_items"."ends_at"),
	CONSTRAINT "agenda_items_places" CHECK ("agenda_items"."places" > 0)
);
--> statement-breakpoint
CREATE TABLE "listing_changes" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "listing_changes_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"office" text NOT NULL,
	"kind" text NOT NULL,
	"listing_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"changed" text[] NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"agenda" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"wrapped_key" "bytea",
	"answers" "bytea",
	"registered_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"office" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"as_of" date NOT NULL,
	"link" text,
	"approved_by" text,
	"withdrawn" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"year" smallint NOT NULL,
	CONSTRAINT "rounds_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "stages" (
	"office" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"as_of" date NOT NULL,
	"link" text,
	"approved_by" text,
	"withdrawn" text,
	"round" text NOT NULL,
	"place" smallint NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"zone" text NOT NULL,
	"to_do" text NOT NULL,
	CONSTRAINT "stages_office_id_pk" PRIMARY KEY("office","id"),
	CONSTRAINT "stages_in_order" CHECK ("stages"."starts_at" <= "stages"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "vacancies" (
	"office" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"as_of" date NOT NULL,
	"link" text,
	"approved_by" text,
	"withdrawn" text,
	"round" text,
	"position" text NOT NULL,
	"unit" text NOT NULL,
	"kind" text NOT NULL,
	"formation" text NOT NULL,
	"education" text[] NOT NULL,
	"places" integer NOT NULL,
	"age_min" smallint,
	"age_max" smallint,
	"pay_min" bigint,
	"pay_max" bigint,
	"work_place" text,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"zone" text NOT NULL,
	"how_to_apply" text NOT NULL,
	CONSTRAINT "vacancies_office_id_pk" PRIMARY KEY("office","id"),
	CONSTRAINT "vacancies_in_order" CHECK ("vacancies"."opens_at" < "vacancies"."closes_at"),
	CONSTRAINT "vacancies_places" CHECK ("vacancies"."places" > 0)
);
--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_office_agenda_agenda_items_office_id_fk" FOREIGN KEY ("office","agenda") REFERENCES "public"."agenda_items"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stages" ADD CONSTRAINT "stages_office_round_rounds_office_id_fk" FOREIGN KEY ("office","round") REFERENCES "public"."rounds"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agenda_items_next" ON "agenda_items" USING btree ("office","ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "listing_changes_once" ON "listing_changes" USING btree ("office","kind","listing_id","version");--> statement-breakpoint
CREATE INDEX "listing_changes_of_office" ON "listing_changes" USING btree ("office","number");--> statement-breakpoint
CREATE UNIQUE INDEX "registrations_number" ON "registrations" USING btree ("office","agenda","number");--> statement-breakpoint
CREATE UNIQUE INDEX "registrations_once" ON "registrations" USING btree ("office","agenda","conversation_id") WHERE "registrations"."status" <> 'cancelled';--> statement-breakpoint
CREATE INDEX "registrations_of" ON "registrations" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "stages_of" ON "stages" USING btree ("office","round","place");--> statement-breakpoint
CREATE INDEX "vacancies_open" ON "vacancies" USING btree ("office","closes_at") WHERE "vacancies"."withdrawn" is null;