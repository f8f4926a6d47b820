// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/work_session.hpp"

#include "device/registry.hpp"
#include "format/units.hpp"
#include "format/work_report.hpp"
#include "sys/clock.hpp"
#include "sys/output.hpp"

#include <cerrno>
#include <iostream>
#include <memory>

#include <poll.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr std::uint64_t mib = std::uint64_t{1} << 20;
constexpr std::uint64_t largest_exercise = 1024 * mib;

std::uint64_t page_bytes()
{
    return static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

// Registered for as long as it lives; not at all where nobody wants it, or where
// the module is not loaded, of which it says a word.
class OwnRegistration
{
public:
    [[nodiscard]] static Result<OwnRegistration> make(bool wanted)
    {
        OwnRegistration own;
        if (!wanted) {
            return own;
        }
        auto registry = ProcRegistry::open(registry_path);
        if (!registry && ::access(registry_path, F_OK) < 0) {
            std::cerr << fmt::format("mp3prof: not registered, so nobody's monitor shows it: {}\n",
                                     registry.error().message);
            return own;
        }
        TRY_ASSIGN(own.registry_, std::move(registry));
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

// Ends early when a signal comes.
void pause_for(const Signals& signals, nanoseconds pause)
{
    pollfd wake{.fd = signals.fd(), .events = POLLIN, .revents = 0};
    const timespec left = timespec_of(pause);
    ::ppoll(&wake, 1, &left, nullptr);
}

// The exercise's number for its two, the name of the others.
std::string locality_words(const Pattern& pattern)
{
    switch (pattern.walk) {
    case Walk::random:
        return "0";
    case Walk::local:
        return "1";
    default:
        return format_pattern(pattern);
    }
}

Result<WorkMemory> get_memory(const WorkOptions& options)
{
    if (!options.file.empty()) {
        return WorkMemory::file(options.file, options.size);
    }
    return options.plan.compat == Compat::yes
               ? WorkMemory::blocks(*options.size, options.huge_pages)
               : WorkMemory::anonymous(*options.size, options.huge_pages);
}

// What the user should know of the memory before it is touched.
void warn(const WorkOptions& options, const WorkMemory& memory)
{
    if (options.huge_pages == HugePages::always && !huge_page_bytes()) {
        std::cerr << fmt::format("mp3prof: huge pages are off here: {}/enabled\n",
                                 huge_page_folder);
    }
    if (options.file.empty()) {
        return;
    }
    const std::uint64_t pages = (memory.size() + page_bytes() - 1) / page_bytes();
    if (memory.disk() == Disk::none) {
        std::cerr << fmt::format("mp3prof: {} takes no major faults: {}\n", options.file,
                                 memory.why_resident());
    } else if (!memory.resident()) {
        std::cerr << fmt::format("mp3prof: pages of {} may stay in memory, where they take no "
                                 "major fault: who does not own it cannot see\n",
                                 options.file);
    } else if (*memory.resident() != 0) {
        std::cerr << fmt::format("mp3prof: {} of {} pages of {} stay in memory, where they take "
                                 "no major fault: {}\n",
                                 *memory.resident(), pages, options.file, memory.why_resident());
    }
}

Load load_of(const WorkOptions& options, const WorkMemory& memory)
{
    Load load = options.plan.load;
    load.size = memory.size();
    load.page = load.unit = page_bytes();
    if (options.huge_pages == HugePages::always) {
        load.unit = huge_page_bytes().value_or(load.page);
    }
    return load;
}

FaultReport report_of(const WorkPlan& plan, const WorkMemory& memory, const FaultCount& measured)
{
    FaultReport report;
    report.minor = measured.minor;
    report.major = measured.major;
    report.unit = plan.load.unit;
    report.units = (plan.load.size + plan.load.unit - 1) / plan.load.unit;
    report.accesses = plan.load.all_accesses();
    // Of pages in memory, one fault maps several.
    report.at_most = memory.resident() != std::uint64_t{0};
    if (plan.compat == Compat::yes) {
        report.expected = expected_exercise_faults(plan.pattern.walk, plan.load);
        report.deviation = exercise_fault_deviation(plan.pattern.walk, plan.load);
        report.formula = exercise_formula_words(plan.pattern.walk, plan.load);
    } else {
        report.expected = expected_faults(plan.pattern, plan.load);
        report.deviation = fault_deviation(plan.pattern, plan.load);
        report.formula = formula_words(plan.pattern, plan.load);
    }
    return report;
}

Status check_exercise(const WorkOptions& options)
{
    if (options.plan.pattern.walk != Walk::random && options.plan.pattern.walk != Walk::local) {
        return fail("--compat has the patterns R and L of the exercise, not {}",
                    format_pattern(options.plan.pattern));
    }
    if (options.size && (*options.size % mib != 0 || *options.size > largest_exercise)) {
        return fail("--compat takes 1 to 1024 whole MiB, as the exercise does");
    }
    return {};
}

} // namespace

Status check_work(const WorkOptions& options)
{
    constexpr unsigned most_threads = 4096;
    const Load& load = options.plan.load;
    std::uint64_t all = 0;
    if (load.threads > most_threads) {
        return fail("{} threads are more than {}", load.threads, most_threads);
    }
    if (__builtin_mul_overflow(load.accesses, load.iterations, &all) ||
        __builtin_mul_overflow(all, load.threads, &all)) {
        return fail("so many accesses, iterations and threads cannot be counted");
    }
    if (!options.size && options.file.empty()) {
        return fail("'all' is for a file (--file FILE)");
    }
    if (options.plan.compat == Compat::yes) {
        TRY(check_exercise(options));
    }
    return options.size ? check_pattern(options.plan.pattern, *options.size, page_bytes())
                        : Status{};
}

Result<int> run_work(const WorkOptions& options, Signals& signals)
{
    signals.catch_ends();
    // Before the memory: from here on every fault counts.
    TRY_ASSIGN(const OwnRegistration registration, OwnRegistration::make(!options.no_register));
    const FaultCount before = thread_faults();
    TRY_ASSIGN(WorkMemory memory, get_memory(options));
    const FaultCount after = thread_faults();
    WorkPlan plan = options.plan;
    plan.load = load_of(options, memory);
    TRY(check_pattern(plan.pattern, plan.load.size, plan.load.page));
    warn(options, memory);

    TRY_ASSIGN(Output output, Output::open("", STDOUT_FILENO));
    output.stream() << fmt::format("A work prcess starts (configuration: {:g} {} {})\n",
                                   static_cast<double>(plan.load.size) / static_cast<double>(mib),
                                   locality_words(plan.pattern), plan.load.accesses);
    TRY(output.flush());
    const auto after_iteration = [&](std::uint64_t i) -> Result<Next> {
        output.stream() << fmt::format("[{}] {} iteration\n", ::getpid(), i);
        TRY_ASSIGN(const bool read_on, output.flush());
        if (read_on) {
            pause_for(signals, options.pause);
        }
        return read_on ? Next::go_on : Next::end;
    };
    TRY_ASSIGN(WorkDone done, do_work(plan, memory, signals, after_iteration));
    if (plan.compat == Compat::yes) { // the headers of its blocks
        done.faults += {after.minor - before.minor, after.major - before.major};
    }
    if (done.complete) {
        write_work_report(std::cerr, report_of(plan, memory, done.faults));
    }
    return done.signal == 0 ? 0 : 128 + done.signal;
}

} // namespace mp3prof
