# Two stages: the program, static, and an image that holds nothing else.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/doudou ./cmd/doudou && mkdir -p /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/doudou /doudou
COPY --from=build --chown=65532:65532 /out/data /data
ENV DOUDOU_LISTEN=0.0.0.0:8080 DOUDOU_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=6s --start-period=10s CMD ["/doudou", "health"]
ENTRYPOINT ["/doudou"]
CMD ["serve"]
