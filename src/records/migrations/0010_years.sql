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
