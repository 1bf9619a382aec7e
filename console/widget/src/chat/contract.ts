import type { Message as Proto } from "@bufbuild/protobuf";
import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import type * as pb from "../../../app/src/gen/storebot/v1/shopper_pb";

/**
 * The contract as it stands on the wire in JSON, derived from the generated
 * types so that a changed proto file breaks the build here. Types alone: none
 * of the protobuf runtime reaches the browser. Every field may be missing,
 * because proto JSON leaves out what is empty.
 */
export type Decision = `DECISION_${keyof typeof pb.Decision}`;

/** The enums by the names of the fields that hold them: to the type checker any number is a number of an enum. Where such a field holds words, it keeps them. */
type Enums = {
  decision: Decision;
  state: `CONVERSATION_STATE_${keyof typeof pb.ConversationState}`;
  availability: `AVAILABILITY_${keyof typeof pb.Availability}`;
};

type Json<T> = T extends bigint
  ? string | number
  : T extends Duration | Timestamp
    ? string
    : T extends readonly (infer E)[]
      ? Json<E>[]
      : T extends Proto
        ? {
            [K in keyof T as K extends `$${string}` ? never : K]?: K extends keyof Enums
              ? T[K] extends string
                ? T[K]
                : Enums[K]
              : Json<T[K]>;
          }
        : T;

/** One event of a stream: the oneof's field stands at the top level. */
type Event<E extends { case?: string; value?: unknown }> = {
  [K in NonNullable<E["case"]>]?: Json<Extract<E, { case: K }>["value"]>;
};
export type AskEvent = Event<pb.AskResponse["event"]>;
export type WatchEvent = Event<pb.WatchResponse["event"]>;

export type Match = Json<pb.Match>;
export type ProductCard = Json<pb.ProductCard>;
export type Done = Json<pb.Done>;
export type HandOver = Json<pb.HandOver>;
export type Message = Json<pb.Message>;

/** The unary methods: name → request and response. */
export type Unary = {
  GetWidget: [Json<pb.GetWidgetRequest>, Json<pb.GetWidgetResponse>];
  StartConversation: [Json<pb.StartConversationRequest>, Json<pb.StartConversationResponse>];
  ListMessages: [Json<pb.ListMessagesRequest>, Json<pb.ListMessagesResponse>];
  RequestPerson: [Json<pb.RequestPersonRequest>, Json<pb.RequestPersonResponse>];
  LeaveContact: [Json<pb.LeaveContactRequest>, Json<pb.LeaveContactResponse>];
  Rate: [Json<pb.RateRequest>, Json<pb.RateResponse>];
  RateConversation: [Json<pb.RateConversationRequest>, Json<pb.RateConversationResponse>];
  Introduce: [Json<pb.IntroduceRequest>, Json<pb.IntroduceResponse>];
  Erase: [Json<pb.EraseRequest>, Json<pb.EraseResponse>];
};

export type Config = Json<pb.GetWidgetResponse>;

export type AskRequest = Required<Json<pb.AskRequest>>;

/** The methods that stream: name → request and event. */
export type Streamed = {
  Ask: [AskRequest, AskEvent];
  Watch: [Json<pb.WatchRequest>, WatchEvent];
};
