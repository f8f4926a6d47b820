// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/access_pattern.hpp"
#include "commands/command.hpp"
#include "commands/options.hpp"
#include "device/registry.hpp"
#include "format/units.hpp"
#include "sys/memory_map.hpp"
#include "sys/output.hpp"
#include "sys/signals.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <memory>

#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr std::uint64_t mib = std::uint64_t{1} << 20;

struct WorkOptions {
    std::uint64_t size = 0; // bytes
    Locality locality = Locality::random;
    std::uint64_t accesses = 0;
    std::uint64_t iterations = 20;
    nanoseconds pause = std::chrono::seconds(1);
    std::uint64_t seed = 1;
    bool no_register = false;
    bool huge_pages = false;
};

// Registered for as long as it lives; not at all without a registry.
class OwnRegistration
{
public:
    [[nodiscard]] static Result<OwnRegistration> make(bool wanted)
    {
        OwnRegistration own;
        if (!wanted) {
            return own;
        }
        TRY_ASSIGN(own.registry_, ProcRegistry::open(registry_path));
        const Request request{Verb::add, ::getpid()};
        if (const auto done = own.registry_->apply(request); !done) {
            own.registry_.reset();
            // Somebody profiles us already (mp3prof run); then it is theirs.
            if (done.error() != EEXIST) {
                return fail("{} (or leave it unregistered: --no-register)",
                            explain(request, done.error()));
            }
        }
        return own;
    }

    OwnRegistration(OwnRegistration&&) noexcept = default;
    OwnRegistration& operator=(OwnRegistration&&) = delete;
    OwnRegistration(const OwnRegistration&) = delete;
    OwnRegistration& operator=(const OwnRegistration&) = delete;
    ~OwnRegistration()
    {
        if (registry_) {
            // It fails when somebody else has ended it: just as well.
            static_cast<void>(registry_->apply({Verb::remove, ::getpid()}));
        }
    }

private:
    OwnRegistration() = default;
    std::unique_ptr<Registry> registry_;
};

// The signal that asks to end, 0 for none so far.
int stop_signal(Signals& signals)
{
    for (const int signal : {SIGINT, SIGTERM}) {
        if (signals.take(signal) != Sender::none) {
            return signal;
        }
    }
    return 0;
}

int pause_or_stop(Signals& signals, nanoseconds pause)
{
    pollfd wake{.fd = signals.fd(), .events = POLLIN, .revents = 0};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(pause);
    const timespec left{.tv_sec = seconds.count(), .tv_nsec = (pause - seconds).count()};
    ::ppoll(&wake, 1, &left, nullptr);
    return stop_signal(signals);
}

int access_all(std::span<std::byte> buffer, AccessPattern& pattern, std::uint64_t accesses,
               Signals& signals)
{
    constexpr std::uint64_t look_up_every = 65536;
    for (std::uint64_t done = 0; done < accesses; ++done) {
        std::byte& touched = buffer[pattern.next()];
        *static_cast<volatile std::byte*>(&touched) = static_cast<std::byte>(done);
        if (done % look_up_every == look_up_every - 1) {
            if (const int signal = stop_signal(signals); signal != 0) {
                return signal;
            }
        }
    }
    return stop_signal(signals);
}

Result<int> iterate(const WorkOptions& options, MemoryMap& memory, Output& output, Signals& signals)
{
    AccessPattern pattern(options.locality, options.size, options.seed);
    for (std::uint64_t i = 0; i < options.iterations; ++i) {
        int signal = access_all(memory.writable_bytes(), pattern, options.accesses, signals);
        if (signal == 0) {
            output.stream() << fmt::format("[{}] {} iteration\n", ::getpid(), i);
            TRY_ASSIGN(const bool read_on, output.flush());
            if (!read_on) {
                return 0;
            }
            signal = pause_or_stop(signals, options.pause);
        }
        if (signal != 0) {
            return 128 + signal;
        }
    }
    return 0;
}

Result<int> run_work(const WorkOptions& options, Signals& signals)
{
    signals.catch_these({SIGINT, SIGTERM}, Repeat::once);
    // Before the memory: from here on every fault counts.
    TRY_ASSIGN(const OwnRegistration registration, OwnRegistration::make(!options.no_register));
    TRY_ASSIGN(Output output, Output::open("", STDOUT_FILENO));
    output.stream() << fmt::format("A work prcess starts (configuration: {:g} {} {})\n",
                                   static_cast<double>(options.size) / static_cast<double>(mib),
                                   options.locality == Locality::local ? 1 : 0, options.accesses);
    TRY(output.flush());

    auto memory = MemoryMap::anonymous(options.size);
    if (!memory) {
        return fail("cannot get {} of memory: {}", human_bytes(options.size),
                    errno_words(memory.error()));
    }
    const std::span<std::byte> bytes = memory->writable_bytes();
    const int advice = options.huge_pages ? MADV_HUGEPAGE : MADV_NOHUGEPAGE;
    // EINVAL: a kernel without huge pages has none to choose.
    if (::madvise(bytes.data(), bytes.size(), advice) < 0 && errno != EINVAL) {
        return fail("cannot choose the size of pages: {}", errno_words(errno));
    }
    return iterate(options, *memory, output, signals);
}

} // namespace

void setup_work(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<WorkOptions>();
    CLI::App* command =
        app.add_subcommand("work", "The workload of the exercise: touch memory, page by page");
    const auto set_size = [options](const std::string& text) {
        const auto size = parse_size(text, mib);
        if (!size) {
            throw CLI::ValidationError("SIZE", size.error().message);
        }
        options->size = *size;
    };
    command->add_option_function<std::string>("SIZE", set_size, "Memory in MiB, or 512K, 64M, 1G")
        ->required()
        ->type_name("");
    const auto set_locality = [options](const std::string& text) {
        options->locality = text == "L" ? Locality::local : Locality::random;
    };
    command
        ->add_option_function<std::string>("LOCALITY", set_locality,
                                           "R: at random; L: mostly near the last place")
        ->required()
        ->check(CLI::IsMember({"R", "L"}))
        ->type_name("");
    add_count(*command, "ACCESSES", options->accesses, "Accesses in each iteration")
        ->required()
        ->type_name("");
    add_count(*command, "--iterations", options->iterations, "How many (20)");
    add_duration(*command, "--pause", options->pause, "After each iteration (1s)", Zero::allowed);
    add_count(*command, "--seed", options->seed, "Of the random places (1)");
    command->add_flag("--no-register", options->no_register, "Run without being profiled");
    command->add_flag("--huge-pages", options->huge_pages,
                      "Let the kernel use huge pages, which take few faults");
    command->footer("Example:\n  mp3prof work 1024 R 50000 & mp3prof work 1024 L 10000");
    command->callback([options, &selected] {
        selected.action = [options](Signals& signals) { return run_work(*options, signals); };
    });
}

} // namespace mp3prof
